import { descendants, listOf, nameOf, type SyntaxNode, textOf } from '../syntax.js';
import type { Edit, Relaxation } from './relaxation.js';

/** `ipv4_is_match(ip, list)`: Sentinel takes one range; a list of ranges is `ipv4_is_in_any_range`, or its IPv6 form. */
export const ipListMatch: Relaxation = {
  code: 'relaxed-ip-list-match',
  message:
    'ipv4_is_match takes one range in Sentinel; a list of ranges was matched with ipv4_is_in_any_range (ipv6_is_in_any_range when it holds IPv6 ranges).',
  edits({ root }) {
    const ipv6 = /:/.test(
      descendants(root, 'DynamicExpression')
        .map(textOf)
        .filter((text) => /\d\/\d/.test(text))
        .join(),
    );
    return descendants(root, 'FunctionCallExpression').flatMap((call): Edit[] => {
      const name = nameOf(call.Name);
      const args = listOf(call.ArgumentList?.Expressions);
      if (!/^ipv[46]_is_match$/.test(name) || args.length !== 2 || !isList(args[1]!)) return [];
      const v6 = name === 'ipv6_is_match' || ipv6;
      return [
        {
          start: call.Name.TextStart,
          length: call.Name.Width,
          text: v6 ? 'ipv6_is_in_any_range' : 'ipv4_is_in_any_range',
        },
      ];
    });
  },
};

const isList = (node: SyntaxNode): boolean => node.ResultType?.Name?.startsWith('dynamic') ?? false;
