import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { useTalk } from '../i18n/words.ts';
import { useWidth } from './width.ts';

export interface AlluvialSegment {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}

export interface AlluvialProps {
  readonly before: readonly AlluvialSegment[];
  readonly after: readonly AlluvialSegment[];
  readonly flows: readonly { readonly from: string; readonly to: string; readonly rows: number }[];
  readonly label: string;
}

interface Node extends AlluvialSegment {
  readonly side: 'before' | 'after';
}

const LEAST = 600;
const ROW = 56;
const MARGIN = 190;

/** Tracks as bands from their segment in one version to that in the next; those that change it stand out. */
export function Alluvial({ before, after, flows, label }: AlluvialProps) {
  const { count } = useTalk();
  const { box, width } = useWidth(LEAST);
  const height = ROW * Math.max(before.length, after.length) + 30;
  const key = (side: Node['side'], id: string): string => `${side} ${id}`;
  const used = new Set(
    flows.filter(({ rows }) => rows > 0).flatMap(({ from, to }) => [key('before', from), key('after', to)]),
  );
  const nodes: Node[] = [
    ...before.map((segment) => ({ ...segment, side: 'before' as const })),
    ...after.map((segment) => ({ ...segment, side: 'after' as const })),
  ].filter(({ side, id }) => used.has(key(side, id)));
  const links = flows
    .filter(({ rows }) => rows > 0)
    .map(({ from, to, rows }) => ({
      source: key('before', from),
      target: key('after', to),
      value: rows,
      moves: from !== to,
    }));
  const layout = sankey<Node, { moves: boolean }>()
    .nodeId((node) => key(node.side, node.id))
    .nodeWidth(14)
    .nodePadding(16)
    .nodeSort(null)
    .extent([
      [MARGIN, 10],
      [width - MARGIN, height - 20],
    ])({ nodes: nodes.map((node) => ({ ...node })), links });
  const path = sankeyLinkHorizontal();
  return (
    <div ref={box}>
      <svg
        class="alluvial"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={label}
      >
        {layout.links
          .toSorted((a, b) => Number(a.moves) - Number(b.moves))
          .map((link) => {
            const [from, to] = [link.source as Node & { x1?: number }, link.target as Node];
            return (
              <path
                key={`${from.id} ${to.id}`}
                d={path(link) ?? ''}
                fill="none"
                stroke={from.colour}
                stroke-opacity={link.moves ? 0.9 : 0.22}
                stroke-width={Math.max(1, link.width ?? 1)}
              >
                <title>{`${from.name} → ${to.name}: ${count(link.value)}`}</title>
              </path>
            );
          })}
        {layout.nodes.map((node) => {
          const { x0 = 0, x1 = 0, y0 = 0, y1 = 0, side } = node;
          const isBefore = side === 'before';
          return (
            <g key={key(side, node.id)}>
              <rect x={x0} y={y0} width={x1 - x0} height={Math.max(1, y1 - y0)} fill={node.colour} rx="2" />
              <text
                x={isBefore ? x0 - 8 : x1 + 8}
                y={(y0 + y1) / 2}
                dy="-0.1em"
                text-anchor={isBefore ? 'end' : 'start'}
              >
                {node.name}
              </text>
              <text
                x={isBefore ? x0 - 8 : x1 + 8}
                y={(y0 + y1) / 2}
                dy="1.1em"
                text-anchor={isBefore ? 'end' : 'start'}
                class="tick"
              >
                {count(node.value ?? 0)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
