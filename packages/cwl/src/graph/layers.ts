import type { WorkflowGraph } from './workflow-graph.ts';

/** A box, or a place that a link leads through on its way past a layer. */
export interface Slot {
  readonly id: string;
  /** Slots of the layer before that are linked to this one, and of the layer behind. */
  readonly before: Slot[];
  readonly behind: Slot[];
  /** In its layer, from 0. */
  position: number;
}

/** A graph in layers, every link from one layer to the next. */
export interface Layers {
  readonly layers: readonly (readonly Slot[])[];
  /** The slots that each link of the graph leads through, its two boxes included. */
  readonly routes: readonly (readonly Slot[])[];
}

/** Places beside boxes that links lead through; links beyond them lead straight to their ends. */
const MAX_PLACES = 5_000;
const SWEEPS = 8;

/**
 * Puts each box into the layer behind the last one that it depends on, an input right before the first that takes it, and orders each layer so that few links
 * cross (Sugiyama, Tagawa and Toda 1981, by barycentres). Time in proportion to boxes, links and the places between them.
 */
export function buildLayers(graph: WorkflowGraph): Layers {
  const ranks = rank(graph);
  const layers = Array.from({ length: Math.max(0, ...ranks.values()) + 1 }, (): Slot[] => []);
  const add = (layer: number, id: string): Slot => {
    const all = layers[layer]!;
    const slot: Slot = { id, before: [], behind: [], position: all.length };
    all.push(slot);
    return slot;
  };
  const slots = new Map(graph.nodes.map(({ id }) => [id, add(ranks.get(id) ?? 0, id)]));
  let places = 0;
  const routes = graph.links.map(({ from, to }) => {
    const [first, last] = [slots.get(from)!, slots.get(to)!];
    const [start, end] = [ranks.get(from) ?? 0, ranks.get(to) ?? 0];
    places += Math.max(0, end - start - 1);
    const between = places > MAX_PLACES ? 0 : Math.max(0, end - start - 1);
    const route = [first, ...Array.from({ length: between }, (_, i) => add(start + i + 1, '')), last];
    route.slice(1).forEach((slot, i) => {
      slot.before.push(route[i]!);
      route[i]!.behind.push(slot);
    });
    return route;
  });
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) order(layers, sweep % 2 === 0);
  return { layers, routes };
}

/** Layer of each box; boxes that depend on themselves, which no valid workflow has, stay in the first. */
function rank({ nodes, links }: WorkflowGraph): Map<string, number> {
  const targets = group(links.map(({ from, to }) => [from, to] as const));
  const open = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { to } of links) open.set(to, (open.get(to) ?? 0) + 1);
  const ranks = new Map(nodes.map(({ id }) => [id, 0]));
  const ready = nodes.filter(({ id }) => open.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    for (const target of targets.get(id) ?? []) {
      ranks.set(target, Math.max(ranks.get(target)!, ranks.get(id)! + 1));
      open.set(target, open.get(target)! - 1);
      if (open.get(target) === 0) ready.push(target);
    }
  }
  for (const { id, kind } of nodes) {
    const taken = (targets.get(id) ?? []).map((target) => ranks.get(target)!);
    if (kind === 'input' && taken.length > 0) ranks.set(id, Math.max(0, Math.min(...taken) - 1));
  }
  return ranks;
}

function group(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const values = grouped.get(key);
    if (values === undefined) grouped.set(key, [value]);
    else values.push(value);
  }
  return grouped;
}

/** Sorts each layer by where those that it is linked to stand in the layer before, or behind. */
function order(layers: Slot[][], isForward: boolean): void {
  for (const layer of isForward ? layers : [...layers].reverse()) {
    const wanted = new Map(layer.map((slot) => [slot, mean(isForward ? slot.before : slot.behind, slot.position)]));
    layer.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
    layer.forEach((slot, position) => {
      slot.position = position;
    });
  }
}

function mean(slots: readonly Slot[], otherwise: number): number {
  return slots.length === 0 ? otherwise : slots.reduce((sum, { position }) => sum + position, 0) / slots.length;
}
