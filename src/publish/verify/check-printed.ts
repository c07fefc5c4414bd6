/** Whether drawings, figures and tables show the numbers that were checked. Rule R77. */
import type { FigureData, Results, StatisticResults } from '../../analysis/index.ts';
import { sha256 } from '../../base/index.ts';
import type { Protocol } from '../../protocol/index.ts';
import { armOverlapDiagram } from '../arm-overlap-diagram.ts';
import { attritionDiagram } from '../attrition-diagram.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { softwareName } from '../bundle/software.ts';
import { accountCaptions, figureFiles, nameOf } from '../figures/index.ts';
import { pngOf } from '../png.ts';
import { tableFiles } from '../table-files.ts';
import { tablesDocument } from '../tables-docx.ts';
import { pageAround } from '../tables-html.ts';
import type { Account, Arms } from './check-account.ts';
import type { Findings } from './findings.ts';

/** Draws and prints all of it anew. Another version of the program may do so otherwise: then it is not asked. */
export async function checkPrinted(found: Findings, manifest: Manifest, protocol: Protocol): Promise<void> {
  if (manifest.software !== softwareName()) {
    found.notes.push(
      `drawings and tables were made by ${manifest.software}, this is ${softwareName()}: they were not made anew`,
    );
    return;
  }
  checkDrawings(found, manifest);
  checkFigures(found, protocol);
  await checkPrintedTables(found, manifest, protocol);
}

function checkDrawings(found: Findings, { title }: Manifest): void {
  found.check('attrition.svg', () => {
    const { attritionSvg, armsSvg } = drawnAnew(found, title);
    for (const [name, svg] of [['attrition', attritionSvg] as const, ['arms', armsSvg] as const])
      requireSame(found, [
        [`${name}.svg`, svg],
        [`${name}.png`, pngOf(svg)],
      ]);
    return 'the flow of persons and the overlap of the searches drawn anew';
  });
}

function checkFigures(found: Findings, protocol: Protocol): void {
  found.check('figures', () => {
    const figures = figuresOf(found, protocol);
    requireSame(found, figureFiles(figures));
    return figures.length === 0 ? undefined : `figures drawn anew from their data: ${figures.length}`;
  });
}

async function checkPrintedTables(found: Findings, manifest: Manifest, protocol: Protocol): Promise<void> {
  await found.checkLonger('tables.html', async () => {
    const results = read<Results>(found, 'tables.json');
    const statistics = read<StatisticResults>(found, 'statistics.json');
    const files = tableFiles(results, statistics);
    requireSame(found, [
      ['tables.docx', await tablesDocument(manifest, results, statistics)],
      ...files.map(({ name, text }) => [name, text] as const),
    ]);
    const { before, after } = await pageAround({
      facts: manifest,
      results,
      statistics,
      ...drawnAnew(found, manifest.title),
      figures: figuresOf(found, protocol),
      captions: accountCaptions(protocol),
    });
    const page = found.textOf('tables.html') ?? '';
    if (!page.startsWith(before) || !page.endsWith(after)) found.wrong('tables.html', NOT_SHOWN);
    return 'the tables printed anew as page, Word file, CSV, LaTeX and Markdown';
  });
}

const NOT_SHOWN = 'It does not show the numbers.';

/** The account and the arms as the bundle has them, and their drawings. */
function drawnAnew(found: Findings, title: string) {
  const { steps, screened, gate } = read<Account>(found, 'attrition.json');
  const { arms, overlaps } = read<Arms>(found, 'arms.json');
  return {
    attrition: steps,
    screened,
    gate,
    arms,
    overlaps,
    attritionSvg: attritionDiagram({ arms, steps }, `${title}: flow of persons`),
    armsSvg: armOverlapDiagram({ arms, overlaps }, `${title}: overlap of the arms`),
  };
}

function figuresOf(found: Findings, { figures }: Protocol): FigureData[] {
  return figures.flatMap((spec) =>
    spec.kind === 'attrition' || spec.kind === 'arms' ? [] : [read<FigureData>(found, `${nameOf(spec)}.json`)],
  );
}

function read<Content>(found: Findings, name: string): Content {
  return JSON.parse(found.textOf(name) ?? '') as Content;
}

function requireSame(found: Findings, files: readonly (readonly [name: string, content: string | Uint8Array])[]): void {
  for (const [name, content] of files)
    if (sha256(found.bytesOf(name) ?? '') !== sha256(content)) found.wrong(name, NOT_SHOWN);
}
