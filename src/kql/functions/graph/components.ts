/**
 * The component of each node of a graph, by number from 0. Nodes are numbered from 1 and edges given by their ends.
 * Weak components ignore directions and are numbered in the order of their first nodes; strong ones in the order in which
 * Tarjan's algorithm completes them. Takes time and memory in proportion to the graph.
 */
export function connectedComponents(
  from: readonly number[],
  to: readonly number[],
  size: number,
  strong: boolean,
): number[] {
  return strong ? strongComponents(from, to, size) : weakComponents(from, to, size);
}

function weakComponents(from: readonly number[], to: readonly number[], size: number): number[] {
  const parent = Int32Array.from({ length: size + 1 }, (_, node) => node);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [root(from[i]!), root(to[i]!)];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  const numbers = new Map<number, number>();
  const component: number[] = [];
  for (let node = 1; node <= size; node++) {
    const of = root(node);
    if (!numbers.has(of)) numbers.set(of, numbers.size);
    component.push(numbers.get(of)!);
  }
  return component;
}

function strongComponents(from: readonly number[], to: readonly number[], size: number): number[] {
  const { offsets, targets } = adjacency(from, to, size);
  const [index, low, component] = [
    new Int32Array(size + 1),
    new Int32Array(size + 1),
    new Int32Array(size + 1).fill(-1),
  ];
  const next = offsets.slice();
  const [open, calls]: [number[], number[]] = [[], []];
  let [visited, found] = [0, 0];
  for (let start = 1; start <= size; start++) {
    if (index[start] !== 0) continue;
    calls.push(start);
    while (calls.length > 0) {
      const node = calls.at(-1)!;
      if (index[node] === 0) {
        index[node] = low[node] = ++visited;
        open.push(node);
      }
      const at = next[node]!;
      if (at < offsets[node + 1]!) {
        next[node] = at + 1;
        const target = targets[at]!;
        if (index[target] === 0) calls.push(target);
        else if (component[target] === -1) low[node] = Math.min(low[node]!, index[target]!);
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller !== undefined) low[caller] = Math.min(low[caller]!, low[node]!);
      if (low[node] !== index[node]) continue;
      let member: number;
      do {
        member = open.pop()!;
        component[member] = found;
      } while (member !== node);
      found++;
    }
  }
  return Array.from(component.subarray(1));
}

/** The targets of each node's edges, side by side: those of node n stand from `offsets[n]` to `offsets[n + 1]`. */
function adjacency(
  from: readonly number[],
  to: readonly number[],
  size: number,
): { offsets: Int32Array; targets: Int32Array } {
  const offsets = new Int32Array(size + 2);
  for (const node of from) offsets[node + 1]!++;
  for (let node = 1; node <= size + 1; node++) offsets[node]! += offsets[node - 1]!;
  const place = offsets.slice();
  const targets = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) targets[place[from[i]!]!++] = to[i]!;
  return { offsets, targets };
}
