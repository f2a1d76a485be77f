import { argumentsOf, calledName, descendants } from '../syntax.js';
import type { Edit, Relaxation } from './relaxation.js';

/** `count(x)`: the engine counts all rows whatever `x` is, the editors refuse it. */
export const countArgument: Relaxation = {
  code: 'relaxed-count-argument',
  message: 'count() takes no argument: it counts all rows. countif(isnotnull(x)) counts those with a value.',
  edits({ root, diagnostics }) {
    const places = new Set(diagnostics.flatMap((of) => (of.code === 'KS107' && of.span ? [of.span.start] : [])));
    return descendants(root, 'FunctionCallExpression').flatMap((call): Edit[] => {
      const [argument] = argumentsOf(call.ArgumentList);
      if (calledName(call) !== 'count' || !argument || !places.has(argument.TextStart)) return [];
      return [{ start: argument.TextStart, length: argument.Width, text: '' }];
    });
  },
};
