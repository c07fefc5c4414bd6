import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { captionOf, isWide } from './printed-table.ts';
import { printedTables } from './printed-tables.ts';
import { tableFiles } from './table-files.ts';
import { asthma, asthmaStatistics, noStatistics, pageFacts, row, table } from './tables.test-support.ts';
import { tablesAs } from './tables-as.ts';
import { tablesDocument } from './tables-docx.ts';
import { tablesPage } from './tables-html-page.ts';
import { STYLE } from './tables-html-style.ts';
import { escapeLatex, tableLatex } from './tables-latex.ts';
import { escapeMarkdown } from './tables-markdown.ts';

const printed = printedTables(asthma, asthmaStatistics);
const content = { facts: pageFacts, results: asthma, statistics: asthmaStatistics };

async function wordParts(): Promise<Record<string, string>> {
  const parts = unzipSync(await tablesDocument(pageFacts, asthma, asthmaStatistics));
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

/** What a reader sees of a format: marks and commands taken away. */
const visible: Readonly<Record<string, (text: string) => string>> = {
  html: (text) => entities(text.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]*>/g, ' ')),
  markdown: (text) => entities(text.replaceAll(/<\/?sup>/g, '').replaceAll(/\\([^\w\s])/g, '$1')),
  latex: (text) =>
    text
      .replaceAll('\\textless{}', '<')
      .replaceAll('\\textgreater{}', '>')
      .replaceAll('\\textbar{}', '|')
      .replaceAll('--', '\u2013')
      .replaceAll('\\ensuremath{-}', '\u2212')
      .replaceAll(/\\([&%])/g, '$1'),
};

function entities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

describe('tables', () => {
  test('[R1] are numbered in order, what R computed last', () => {
    expect(printed.map(captionOf)).toEqual([
      'Table 1. Severity',
      'Table 2. Age',
      'Table 3. Visits by month',
      'Table 4. Proportions with confidence intervals',
      'Table 5. Tests and effects',
      'Table 6. Time to event (Kaplan-Meier)',
      'Table 7. Agreement of abstractors before adjudication',
    ]);
    expect(printed.slice(3).map(({ id }) => id)).toEqual(['proportions', 'estimates', 'curves', 'agreement']);
    const own = { tables: [table('curves', 'Curves', []), table('curves-by-r', 'More', [])] };
    const { id, number } = printedTables(own, { ...noStatistics, curves: asthmaStatistics.curves })[2] ?? {};
    expect([id, number]).toEqual(['curves-by-r-by-r', 3]);
    expect(printedTables({ tables: [] }, noStatistics)).toEqual([]);
  });

  test('[R2] have their letters in the order of reading, and the notes below in the same', () => {
    const [severity] = printed;
    const read = severity?.lines.flatMap(({ letters }) => letters) ?? [];
    expect(read).toEqual(read.toSorted());
    expect(severity?.notes.map(({ letter }) => letter)).toEqual([...new Set(read), '']);
  });

  test.each(['html', 'markdown', 'latex'] as const)('[R3] print everything as %s', async (format) => {
    const written = await tablesAs(content, format);
    const seen = visible[format]?.(String(written)) ?? '';
    for (const { title, columns, lines, notes } of printed) {
      const texts = lines.flatMap((line) => ('heading' in line ? [line.heading] : [line.label, ...line.cells]));
      for (const text of [title, ...columns, ...texts, ...notes.map((note) => note.text)]) expect(seen).toContain(text);
    }
  });

  test('[R3] are refused by a name that there is not, and as one CSV file of several', async () => {
    await expect(tablesAs(content, 'html', 'severty')).rejects.toMatchObject({
      code: 'publish.no-table',
      tip: 'Did you mean `severity`?',
    });
    await expect(tablesAs(content, 'csv')).rejects.toMatchObject({ code: 'publish.one-table' });
  });

  test('of nobody are written in every format', async () => {
    for (const format of ['html', 'docx', 'latex', 'markdown'] as const) {
      const written = await tablesAs({ ...content, results: { tables: [] }, statistics: noStatistics }, format);
      expect(written.length >= 0 && !String(written).includes('undefined'), format).toBe(true);
    }
    const empty = { tables: [table('none', 'None', [])] };
    expect(tableFiles(empty, noStatistics).map(({ name }) => name)).toEqual([
      'tables/none.csv',
      'tables/none.tex',
      'tables/none.md',
    ]);
  });
});

describe('a Word document', () => {
  test('[R4] has three rules a table, repeats headers and parts no row', async () => {
    const { 'word/document.xml': xml = '' } = await wordParts();
    const tables = xml.match(/<w:tbl>[\s\S]*?<\/w:tbl>/g) ?? [];
    expect(tables).toHaveLength(printed.length);
    for (const one of tables) {
      const rows = one.match(/<w:tr>[\s\S]*?<\/w:tr>/g) ?? [];
      const ruled = (side: string, rowText = '') =>
        (rowText.match(new RegExp(`<w:${side} w:val="single"`, 'g')) ?? []).length;
      const cellsOf = (rowText = '') => (rowText.match(/<w:tc>/g) ?? []).length;
      const [head, ...body] = rows;
      expect([ruled('top', head), ruled('bottom', head)]).toEqual([cellsOf(head), cellsOf(head)]);
      expect(
        body.map((text, at) => ruled('bottom', text) === (at === body.length - 1 ? cellsOf(text) : 0)),
      ).not.toContain(false);
      expect(body.some((text) => ruled('top', text) > 0)).toBe(false);
      expect(one).not.toMatch(/<w:(?:left|right|insideV|start|end) w:val="single"/);
      expect(rows.every((text) => text.includes('<w:cantSplit/>'))).toBe(true);
      expect(head).toContain('<w:tblHeader/>');
      expect(body.some((text) => text.includes('<w:tblHeader/>'))).toBe(false);
    }
  });

  test('[R5] has captions that Word counts, kept with the table, and the last row with its note', async () => {
    const { 'word/document.xml': xml = '', 'word/styles.xml': styles = '' } = await wordParts();
    const captions = xml.match(/<w:p>(?:(?!<\/w:p>)[\s\S])*SEQ Table(?:(?!<\/w:p>)[\s\S])*<\/w:p>/g) ?? [];
    expect(captions).toHaveLength(printed.length);
    for (const one of captions) expect(one).toMatch(/<w:pStyle w:val="Caption"\/>[\s\S]*<w:keepNext\/>/);
    expect(styles).toContain('w:styleId="Caption"');
    const [first = ''] = xml.match(/<w:tbl>[\s\S]*?<\/w:tbl>/g) ?? [];
    const last = first.slice(first.lastIndexOf('<w:tr>'));
    expect(last).toContain('<w:keepNext/>');
    expect(xml).toMatch(/<w:vertAlign w:val="superscript"\/>[\s\S]{0,80}>a</);
  });

  test('[R6] says at the foot what it was made from', async () => {
    const parts = await wordParts();
    const feet = Object.entries(parts).filter(([name]) => /footer\d+\.xml$/.test(name));
    expect(feet.length).toBeGreaterThan(0);
    for (const [, foot] of feet) {
      expect(foot).toContain('Inhalers for asthma');
      expect(foot).toContain(`Protocol 2.1 (${'a'.repeat(12)}), lock ${'c'.repeat(12)}`);
      expect(foot).toMatch(/PAGE[\s\S]* of [\s\S]*NUMPAGES/);
    }
    expect(parts['docProps/core.xml']).toContain('<dc:title>Inhalers for asthma</dc:title>');
    const draft = unzipSync(await tablesDocument({ ...pageFacts, lock: '' }, asthma, noStatistics));
    expect(strFromU8(draft['word/footer1.xml'] ?? new Uint8Array())).toContain(', draft');
  });

  test('[R7] turns the page for a wide table, as the page in print does', async () => {
    expect(printed.map(isWide)).toEqual([false, false, true, false, false, false, true]);
    const { 'word/document.xml': xml = '' } = await wordParts();
    const pages = [...xml.matchAll(/<w:pgSz w:w="(\d+)" w:h="(\d+)"/g)].map(
      ([, width, height]) => Number(width) > Number(height),
    );
    expect(pages).toEqual([false, false, true, false, false, false, true]);
    expect(await tablesPage('Asthma', printed)).toMatch(/<section class="across">\s*<table><caption>Table 3/);
    expect(STYLE).toContain('@page across { size: A4 landscape;');
  });
});

describe('LaTeX', () => {
  /** Reads escaped text back, and knows no command but those of the escapes. */
  function readBack(text: string): string {
    const commands: Readonly<Record<string, string>> = {
      'textbackslash{}': '\\',
      'textasciicircum{}': '^',
      'textasciitilde{}': '~',
      'textless{}': '<',
      'textgreater{}': '>',
      'textbar{}': '|',
      'textquotedbl{}': '"',
    };
    return text
      .replaceAll(/\\(text[a-z]+\{\})|\\([{}#$%&_])|\{([[\]])\}|\{\}|~/g, (all, command, sign, bracket) =>
        all === '~' ? '\u00a0' : all === '{}' ? '' : (commands[command ?? ''] ?? sign ?? bracket ?? all),
      )
      .replaceAll(/\\ensuremath\{([^}]*)\}/g, '$1');
  }

  test('[R8] has no command that a label wrote', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'\\{}#$%&_^~<>|"[]ab- 1') });
    fc.assert(
      fc.property(letters, (text) => {
        const escaped = escapeLatex(text);
        expect(readBack(escaped)).toBe(text);
        expect(escaped).not.toMatch(/(?<!\\)[#$%&_^]/);
        expect(escaped).not.toContain('--');
      }),
    );
  });

  test('[R8] sets a long table over pages with its header', () => {
    const rows = Array.from({ length: 60 }, (_, at) => row(`r${at}`, `Site ${at}`, ['1']));
    const [long] = printedTables({ tables: [table('sites', 'Sites', rows)] }, noStatistics);
    const tex = long ? tableLatex(long) : '';
    expect(tex).toContain('\\begin{longtable}');
    expect(tex.match(/Column 1/g)).toHaveLength(2);
    expect(printed[0] && tableLatex(printed[0])).toMatchSnapshot();
  });
});

describe('CSV', () => {
  test('[R9] has the numbers as they are beside what is printed', () => {
    const files = new Map(tableFiles(asthma, asthmaStatistics).map(({ name, text }) => [name, text]));
    const lines: Record<string, string>[] = parse(files.get('tables/severity.csv') ?? '', { columns: true });
    expect(lines).toHaveLength(6);
    expect(lines[2]).toMatchObject({
      row: 'mild',
      label: 'Mild & <seldom>',
      n: '2',
      N: '3',
      percent: '33.333333333333336',
      printed: '2',
      notes: 'a: By the 2019 report. b: At most 2 a week.',
    });
    expect(parse(files.get('tables/age.csv') ?? '', { columns: true })[0]).toMatchObject({
      mean: '40.5',
      sd: '1.25',
      unit: 'years',
    });
    expect(parse(files.get('tables/proportions.csv') ?? '', { columns: true })).toEqual([
      expect.objectContaining({ id: 'controlled', n: '2', N: '3', low: '0.09429932405024612', level: '0.95' }),
    ]);
  });

  test('[R9] of what R computed has its numbers, how each is printed, and the notes', () => {
    const files = new Map(tableFiles(asthma, asthmaStatistics).map(({ name, text }) => [name, text]));
    const read = (id: string): Record<string, string>[] =>
      parse(files.get(`tables/${id}.csv`) ?? '', { columns: true });
    expect(read('estimates')[0]).toMatchObject({
      id: 'rd',
      estimate: '-0.1254',
      'printed Estimate': '\u22120.125',
      'printed 95% CI': '\u22120.300 to 0.062',
      notes: 'a: Risk difference, hybrid score interval (Newcombe).',
    });
    expect(read('curves')[1]).toMatchObject({ median: '', 'printed Median': 'not reached' });
    expect(read('agreement')[0]).toMatchObject({ kappa: '-0.0234', ac1_high: '0.9862', 'printed Agreed, %': '94.4' });
  });

  test('[R9] holds no formula', () => {
    const evil = { tables: [table('evil', 'Evil', [row('r', '=HYPERLINK("x")', ['1'])])] };
    expect(tableFiles(evil, noStatistics)[0]?.text).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

test('[R10] HTML has no script, repeats its header rows in print and cuts no row', async () => {
  const page = await tablesPage('<script>x</script>', printed);
  expect(page).not.toMatch(/<script|src=|href="http|url\(/);
  expect(page).toContain('&lt;script&gt;');
  expect(page.match(/<thead>/g)).toHaveLength(printed.length);
  expect(STYLE).toMatch(/@page \{ size: A4/);
  expect(STYLE).toMatch(/thead \{ display: table-header-group; \} tr, [^}]*\{ break-inside: avoid; \}/);
});

test('[R11] Markdown shows a label as it stands', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'\\`*_{}[]<>#|~&$^!-+=.1)a ') });
  fc.assert(
    fc.property(letters, (text) => {
      const [paragraph, ...others] = fromMarkdown(`x ${escapeMarkdown(text)} x`).children;
      expect(others).toEqual([]);
      const [only, ...more] = paragraph && 'children' in paragraph ? paragraph.children : [];
      expect(more).toEqual([]);
      expect(only && 'value' in only ? only.value : undefined).toBe(`x ${text} x`);
    }),
  );
  expect(escapeMarkdown('- a')).toBe('\\- a');
  expect(escapeMarkdown('1. a')).toBe('1\\. a');
});
