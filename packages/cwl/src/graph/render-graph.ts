import type { JsonObject } from '../json.ts';
import { layoutGraph, type PlacedLink, type PlacedNode, type Point, shownLabel } from './layout-graph.ts';
import { workflowGraph } from './workflow-graph.ts';

const STYLE = `text{font:13px system-ui,sans-serif;fill:#1c2024;text-anchor:middle;dominant-baseline:central}
.input rect{fill:#e8f1fb;stroke:#7fb0e3}.output rect{fill:#e6f6ea;stroke:#86c79a}
.tool rect,.expression rect{fill:#fff;stroke:#8b939c}.expression text{font-style:italic}
.workflow rect{fill:#f4effb;stroke:#a48bd0;stroke-width:2}.conditional rect{stroke-dasharray:5 3}
path{fill:none;stroke:#9ba1a8;stroke-width:1.3}marker path{fill:#9ba1a8;stroke:none}`;

/** Further boxes behind that of a step that is scattered. */
const SCATTER_OFFSET = 4;

/**
 * The picture of a packed document's main process as SVG: inputs, steps and outputs from left to right, the data between them as lines whose titles name it.
 * A subworkflow is one box, a scattered step a stack of boxes, a conditional one has a dashed border. Throws as {@link workflowGraph} and
 * {@link layoutGraph} do.
 */
export function renderGraph(
  document: JsonObject,
  options: { readonly title: string; readonly hidden?: ReadonlySet<string> },
): string {
  const { width, height, nodes, links } = layoutGraph(workflowGraph(document, options.hidden));
  const size = `width="${Math.max(1, width)}" height="${Math.max(1, height)}" viewBox="0 0 ${Math.max(1, width)} ${Math.max(1, height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">
<title>${escapeXml(options.title)}</title>
<style>${STYLE}</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
${links.map(renderLink).join('\n')}
${nodes.map(renderNode).join('\n')}
</svg>
`;
}

function renderNode(node: PlacedNode): string {
  const { kind, label, scatter, isConditional, x, y } = node;
  const classes = [kind, ...(isConditional ? ['conditional'] : []), ...(scatter.length > 0 ? ['scatter'] : [])];
  const behind = scatter.length === 0 ? [] : [2 * SCATTER_OFFSET, SCATTER_OFFSET];
  const titles = [
    label,
    ...(kind === 'workflow' ? ['a workflow'] : []),
    ...(scatter.length > 0 ? [`scattered over ${scatter.join(', ')}`] : []),
  ];
  return `<g class="${classes.join(' ')}"><title>${escapeXml(titles.join(', '))}</title>${[...behind, 0]
    .map((offset) => rectangle(node, offset))
    .join('')}<text x="${round(x)}" y="${round(y)}">${escapeXml(shownLabel(label))}</text></g>`;
}

function rectangle({ kind, x, y, width, height }: PlacedNode, offset: number): string {
  const radius = kind === 'input' || kind === 'output' ? height / 2 : 5;
  return `<rect x="${round(x - width / 2 + offset)}" y="${round(y - height / 2 + offset)}" width="${width}" height="${height}" rx="${radius}"/>`;
}

function renderLink({ points, ports }: PlacedLink): string {
  return `<g><title>${escapeXml(ports.join(', '))}</title><path d="${curve(points)}" marker-end="url(#arrow)"/></g>`;
}

/** A smooth line: flat where it leaves, passes a layer and arrives, curved between the layers. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = rest.map((point, i) => {
    const from = points[i]!;
    const middle = (from.x + point.x) / 2;
    return `C${at({ x: middle, y: from.y })} ${at({ x: middle, y: point.y })} ${at(point)}`;
  });
  return `M${at(first)}${parts.join('')}`;
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  // XML 1.0 has no place for most control characters, escaped or not.
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}
