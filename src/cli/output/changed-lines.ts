/** A line that one of two texts has and the other has not. */
export interface ChangedLine {
  readonly sign: '-' | '+';
  readonly text: string;
}

/** What differs between two texts, line by line: the longest common lines stay out. */
export function changedLines(before: string, after: string): ChangedLine[] {
  const [a, b] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const common = commonLengths(a, b);
  const changed: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!))
      changed.push({ sign: '-', text: a[i++]! });
    else changed.push({ sign: '+', text: b[j++]! });
  }
  return changed;
}

/** Length of the longest common subsequence of what is left at each place of both. */
function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  return lengths;
}
