import { html, raw } from 'hono/html';
import type { FigureData } from '../../analysis/index.ts';
import { drawFigure } from './draw-figure.ts';
import { nameOf } from './figure-files.ts';

type Fragment = ReturnType<typeof html>;

/** `Figure 2. Response by site.`: figures are numbered in the order of the protocol. */
export function figureCaption({ number, title }: Pick<FigureData, 'number' | 'title'>): string {
  const own = title.replace(/^(?:Figure|Fig\.)\s+\w+\s*[.:]\s*/i, '').replace(/[.\s]+$/, '');
  return `Figure ${number}. ${own}.`;
}

/** The figures on the results page, each with its caption and the files that hold its numbers; nothing without figures. */
export function figuresSection(figures: readonly FigureData[]): Fragment | '' {
  if (figures.length === 0) return '';
  return html`<section><h2>Figures</h2>
${figures.map(
  (
    data,
  ) => html`<figure id="figure-${data.id}">${raw(drawFigure(data))}<figcaption class="note">${[figureCaption(data), ...data.notes].join(' ')}
Numbers and subjects: <a href="${nameOf(data)}.csv">CSV</a>, <a href="${nameOf(data)}.json">JSON</a>.</figcaption></figure>
`,
)}</section>
`;
}
