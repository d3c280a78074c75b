import { DaybookError } from '@daybook/errors';
import { buildLayers, type Slot } from './layers.ts';
import type { GraphLink, GraphNode, WorkflowGraph } from './workflow-graph.ts';

/** More make a picture that nobody can read. */
const MAX_NODES = 500;
const MAX_LINKS = 2_000;

const CHARACTER_WIDTH = 7.4;
const PADDING = 28;
const HEIGHT = 36;
const MAX_CHARACTERS = 36;
const MARGIN = 16;
const LAYER_GAP = 64;
const BOX_GAP = 18;
const LINE_GAP = 12;
const SWEEPS = 6;

/** A place in the picture, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box with its place: `x` and `y` of its centre. */
export interface PlacedNode extends GraphNode, Point {
  readonly width: number;
  readonly height: number;
}

/** A link with the points that it leads through. */
export interface PlacedLink extends GraphLink {
  readonly points: readonly Point[];
}

/** A graph in layers from left to right. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

/** Puts a graph into layers and the boxes to their places. Throws `unsupported` for one with too many boxes or links. */
export function layoutGraph(graph: WorkflowGraph): GraphLayout {
  const { nodes, links } = graph;
  if (nodes.length > MAX_NODES || links.length > MAX_LINKS) {
    throw new DaybookError(
      'unsupported',
      `the workflow has ${nodes.length} boxes and ${links.length} links; pictures have at most ${MAX_NODES} and ${MAX_LINKS}`,
    );
  }
  const { layers, routes } = buildLayers(graph);
  const widths = new Map(nodes.map(({ id, label }) => [id, boxWidth(label)]));
  const heights = placeVertically(layers);
  const columns: { readonly x: number; readonly width: number }[] = [];
  let right = MARGIN;
  for (const layer of layers) {
    const width = Math.max(0, ...layer.map(({ id }) => widths.get(id) ?? 0));
    columns.push({ x: right + width / 2, width });
    right += width + LAYER_GAP;
  }
  const places = new Map<string, Point>();
  layers.forEach((layer, i) => {
    for (const slot of layer) if (slot.id !== '') places.set(slot.id, { x: columns[i]!.x, y: heights.get(slot)! });
  });
  const columnOf = new Map(layers.flatMap((layer, i) => layer.map((slot) => [slot, columns[i]!] as const)));
  const placed = nodes.map((node) => ({
    ...node,
    ...places.get(node.id)!,
    width: widths.get(node.id)!,
    height: HEIGHT,
  }));
  return {
    width: Math.ceil(Math.max(right - LAYER_GAP, MARGIN) + MARGIN),
    height: Math.ceil(Math.max(0, ...heights.values()) + HEIGHT / 2 + MARGIN),
    nodes: placed,
    links: links.map((link, i) => ({
      ...link,
      points: routes[i]!.flatMap((slot) => pass(slot, routes[i]!, columnOf.get(slot)!, heights.get(slot)!, widths)),
    })),
  };
}

/** A label as it has room in its box. */
export function shownLabel(label: string): string {
  return label.length <= MAX_CHARACTERS ? label : `${label.slice(0, MAX_CHARACTERS - 1)}…`;
}

function boxWidth(label: string): number {
  return Math.round(Math.min(MAX_CHARACTERS, Math.max(4, label.length)) * CHARACTER_WIDTH) + PADDING;
}

/** Where a link leaves a box, arrives at one, or passes a layer. */
function pass(
  slot: Slot,
  route: readonly Slot[],
  { x, width }: { readonly x: number; readonly width: number },
  y: number,
  widths: ReadonlyMap<string, number>,
): readonly Point[] {
  const half = (widths.get(slot.id) ?? 0) / 2;
  if (slot === route[0]) return [{ x: x + half, y }];
  if (slot === route.at(-1)) return [{ x: x - half, y }];
  return [
    { x: x - width / 2, y },
    { x: x + width / 2, y },
  ];
}

/** Each slot near those that it is linked to, in the order of its layer and with room between. */
function placeVertically(layers: readonly (readonly Slot[])[]): ReadonlyMap<Slot, number> {
  const y = new Map<Slot, number>();
  for (const layer of layers) settle(layer, () => 0, y);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isForward = sweep % 2 === 0;
    for (const layer of isForward ? layers : [...layers].reverse()) {
      const wanted = (slot: Slot): number => {
        const linked = isForward ? slot.before : slot.behind;
        if (linked.length === 0) return y.get(slot)!;
        return linked.reduce((sum, each) => sum + y.get(each)!, 0) / linked.length;
      };
      settle(layer, wanted, y);
    }
  }
  const top = Math.min(...y.values());
  return new Map([...y].map(([slot, height]) => [slot, height - top + MARGIN + HEIGHT / 2]));
}

/** Gives a layer the heights that are wanted, as far as there is room, off them by as much upwards as downwards. */
function settle(layer: readonly Slot[], wanted: (slot: Slot) => number, y: Map<Slot, number>): void {
  let bottom = Number.NEGATIVE_INFINITY;
  let off = 0;
  const heights = layer.map((slot) => {
    const half = slot.id === '' ? LINE_GAP / 2 : (HEIGHT + BOX_GAP) / 2;
    const height = Math.max(wanted(slot), bottom + half);
    bottom = height + half;
    off += height - wanted(slot);
    return height;
  });
  layer.forEach((slot, i) => {
    y.set(slot, heights[i]! - off / layer.length);
  });
}
