/** The page of a Word document: A4, upright or across, and the line at its foot that says what it was made from. */
import {
  AlignmentType,
  Footer,
  type ISectionOptions,
  PageNumber,
  PageOrientation,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx';
import type { ReleaseFacts } from './release-content.ts';

/** The facts that the foot of a page shows; a draft has no lock. */
export type PageFacts = Pick<ReleaseFacts, 'title' | 'protocolVersion' | 'protocol' | 'lock'>;

const A4_TWIPS = { width: 11906, height: 16838 };
const MARGIN_TWIPS = 1247;
const HALF_POINTS = 16;
const SHORT_HASH = 12;

/** What makes a section one of A4 pages with that foot; `across` turns the page. Rules R6 and R7 of SPEC.md. */
export function wordSection(facts: PageFacts, across: boolean, children: ISectionOptions['children']): ISectionOptions {
  const margin = { top: MARGIN_TWIPS, right: MARGIN_TWIPS, bottom: MARGIN_TWIPS, left: MARGIN_TWIPS };
  const orientation = across ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  // The library swaps width and height of a page across by itself.
  const properties = { page: { size: { ...A4_TWIPS, orientation }, margin } };
  const width = (across ? A4_TWIPS.height : A4_TWIPS.width) - 2 * MARGIN_TWIPS;
  return { properties, footers: { default: footer(facts, width) }, children };
}

function footer({ title, protocolVersion, protocol, lock }: PageFacts, width: number): Footer {
  const run = (...children: ConstructorParameters<typeof TextRun>[0][]): TextRun[] =>
    children.map((one) => new TextRun(typeof one === 'string' ? { text: one, size: HALF_POINTS } : one));
  const state = lock === '' ? 'draft' : `lock ${lock.slice(0, SHORT_HASH)}`;
  const made = `Protocol ${protocolVersion} (${protocol.slice(0, SHORT_HASH)}), ${state}`;
  const page = new TextRun({
    size: HALF_POINTS,
    children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
  });
  return new Footer({
    children: [
      new Paragraph({ alignment: AlignmentType.LEFT, children: run(title) }),
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: width }],
        children: [...run(made), page],
      }),
    ],
  });
}
