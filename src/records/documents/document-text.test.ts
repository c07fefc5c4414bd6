import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../quarantine-reasons.ts';
import { documentText } from './document-text.ts';
import { LARGEST } from './limits.ts';
import { allPackings, bombPdf, encryptedPdf, pdf } from './pdf.test-support.ts';
import { pdfText } from './pdf-text.ts';
import { TextWriter } from './text-writer.ts';

/** The text of a document, or why it has none. */
async function textOf(content: string | Uint8Array, contentType: string): Promise<string> {
  try {
    return await documentText(typeof content === 'string' ? Buffer.from(content) : content, contentType);
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

const cda = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Visit</title>
  <recordTarget><patientRole><id extension="77"/></patientRole></recordTarget><component>${body}</component></ClinicalDocument>`;
const section = (title: string, text: string, more = '') =>
  `<component><section><code code="1"/><title>${title}</title><text>${text}</text>${more}</section></component>`;
const body = (...sections: string[]) => cda(`<structuredBody>${sections.join('')}</structuredBody>`);

describe('plain text', () => {
  test('[R5] is the text itself, at once', () => {
    expect(documentText(Buffer.from('  a\r\n\tb '), 'text/plain')).toBe('  a\r\n\tb ');
  });

  test.each([
    ['utf-8', Buffer.from('Größe')],
    ['UTF-8', Buffer.from('\uFEFFGröße')],
    ['iso-8859-1', Buffer.from('Größe', 'latin1')],
    ['"windows-1252"', Buffer.from('Größe', 'latin1')],
    ['utf-16', Buffer.from('Größe', 'utf16le')],
    ['utf-16', Buffer.from('\uFEFFGröße', 'utf16le')],
    ['utf-8', Buffer.from('\uFEFFGröße', 'utf16le').swap16()],
  ])('[R51] of %s is decoded', (charset, bytes) => {
    expect(documentText(bytes, `text/plain; charset=${charset}`)).toBe('Größe');
  });

  test('[R51] that is not in the set that it names is refused, never guessed', async () => {
    expect(await textOf(Buffer.from('Größe', 'latin1'), 'text/plain')).toBe('note.unreadable');
    expect(await textOf(Buffer.from([0x41]), 'text/plain; charset=utf-16le')).toBe('note.unreadable');
    expect(await textOf('a', 'text/plain; charset=klingon')).toBe('note.unreadable');
  });
});

describe('HTML', () => {
  const html = (content: string) => textOf(content, 'text/html; charset=utf-8');

  test('[R52] gives a line for each block and break, and an empty line between paragraphs', async () => {
    expect(await html('<p>One\n  two</p><p>three<br>four</p><div>five</div><div>six</div>')).toBe(
      'One two\n\nthree\nfour\n\nfive\nsix',
    );
    expect(await html('<div><b>He</b>llo&nbsp;<i> you</i></div>&lt;5 &amp; 6')).toBe('Hello you\n<5 & 6');
    expect(await html('<pre>  a\n    b</pre>c')).toBe('  a\n    b\n\nc');
  });

  test('[R53] gives headings, items and rows that note search knows', async () => {
    expect(await html('<h2>Plan</h2><ul><li>rest</li><li><p>ice</p></li></ul>')).toBe('# Plan\n\n- rest\n\n- ice');
    const table =
      '<table><tr><th>Drug</th><th>Dose</th></tr><tr><td><p>A</p></td><td></td><td>2</td></tr></table>after';
    expect(await html(table)).toBe('Drug\tDose\n\nA\t\t2\n\nafter');
    expect(await html('<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>')).toBe('a\n\nb\n\nc');
  });

  test('[R54] leaves out what nobody reads and what is deleted', async () => {
    const page = '<html><head><title>t</title><style>p{}</style></head><body><script>x()</script><p>a<del>b</del></p>';
    expect(await html(page)).toBe('a');
  });

  test('[R54] keeps what changes the meaning: powers and checked boxes', async () => {
    expect(await html('10<sup>9</sup>/L')).toBe('10^9/L');
    expect(await html('<input type=checkbox>fever <input type=checkbox checked>chills')).toBe('[ ] fever [x] chills');
  });

  test('[R51] is in the character set that its head names', async () => {
    const page = Buffer.from('<meta charset="iso-8859-1"><p>Größe', 'latin1');
    expect(await textOf(page, 'text/html')).toBe('Größe');
  });
});

describe('RTF', () => {
  const rtf = (content: string) => textOf(Buffer.from(content, 'latin1'), 'application/rtf');

  test('[R52] gives a line for each paragraph', async () => {
    const text = String.raw`{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator X;}
\pard\b Plan:\b0  rest\par
no \i fever\i0\line chills\par\par\{end\}\tab x}`;
    expect(await rtf(text)).toBe('Plan: rest\nno fever\nchills\n\n{end}\tx');
  });

  test('[R51] decodes code pages, fonts of other scripts, and Unicode with its stand-ins', async () => {
    expect(await rtf(String.raw`{\rtf1\ansi\ansicpg1252 Gr\'f6\'dfe \u8211? x\uc0\u945 y}`)).toBe('Größe – xαy');
    expect(await rtf(String.raw`{\rtf1{\fonttbl{\f1\fcharset204 A;}}{\f1\'e1\'ee\'eb\'fc} \'e1}`)).toBe('боль á');
    expect(await rtf(String.raw`{\rtf1\u-10179?\u-8703?}`)).toBe('😁');
    expect(await rtf(String.raw`{\rtf1\pc\'e4}`)).toBe('note.unreadable');
  });

  test('[R53] gives rows of a table', async () => {
    const table = String.raw`{\rtf1 x\par\trowd\intbl Drug\cell Dose\cell\row\intbl A\cell 2\cell\row\pard after\par}`;
    expect(await rtf(table)).toBe('x\n\nDrug\tDose\n\nA\t2\n\nafter');
  });

  test('[R54] leaves out what nobody reads and what is hidden or deleted', async () => {
    const text = String.raw`{\rtf1{\header Name}{\info{\title t}}{\pict 0a0b}a{\v hidden}{\deleted gone}\bin3 }}}{\*\x y}b}`;
    expect(await rtf(text)).toBe('ab');
    expect(await rtf(String.raw`{\rtf1{\field{\*\fldinst HYPERLINK "u"}{\fldrslt link}} end}`)).toBe('link end');
  });

  test('[R55] that is none, or is cut off, is refused', async () => {
    expect(await rtf('hello')).toBe('note.unreadable');
    expect(await rtf(String.raw`{\rtf1 no evidence of`)).toBe('note.unreadable');
  });
});

describe('CDA', () => {
  const xml = (content: string) => textOf(content, 'application/cda+xml');

  test('[R56] is the narrative of its sections in their order, under their headings', async () => {
    const plan = section('Plan', '<list><item>rest</item><item>ice</item></list>');
    const drugs = '<table><thead><tr><th>Drug</th></tr></thead><tbody><tr><td>A</td><td>2</td></tr></tbody></table>';
    const text = body(section('Drugs', drugs, `<entry><value>99</value></entry>${plan}`), section('Exam', 'a<br/>b'));
    expect(await xml(text)).toBe('# Visit\n\n# Drugs\n\nDrug\n\nA\t2\n\n# Plan\n\n- rest\n- ice\n\n# Exam\n\na\nb');
    expect(await xml(body(section('S', 'a <content revised="delete">b</content>c')))).toBe('# Visit\n\n# S\n\na c');
  });

  test('[R56] may hold another document', async () => {
    const inner = Buffer.from('<p>a</p><p>b</p>').toString('base64');
    const text = (attributes: string, data: string) =>
      cda(`<nonXMLBody><text ${attributes}>${data}</text></nonXMLBody>`);
    expect(await xml(text('mediaType="text/html" representation="B64"', inner))).toBe('a\n\nb');
    expect(await xml(text('', 'plain words'))).toBe('plain words');
    expect(await xml(text('mediaType="image/png" representation="B64"', inner))).toBe('note.not-text');
  });

  test('[R55] that is not well-formed is refused: a part could be missing', async () => {
    const whole = body(section('Plan', 'rest'));
    expect(await xml(whole)).toContain('rest');
    expect(await xml(whole.slice(0, -10))).toBe('note.unreadable');
    expect(await xml(whole.replace('rest', 'a & b'))).toBe('note.unreadable');
  });

  test('[R57] unfolds no entities', async () => {
    const bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>';
    expect(await xml(bomb)).toBe('note.unreadable');
    expect(await xml('<a>'.repeat(100_000))).toBe('note.unreadable');
  });

  test('[R56] is whole where its text is long', async () => {
    const long = `a${'b'.repeat(200_000)}c`;
    expect(await xml(body(section('S', long)))).toBe(`# Visit\n\n# S\n\n${long}`);
    const data = Buffer.from(long).toString('base64');
    expect(await xml(cda(`<nonXMLBody><text representation="B64">${data}</text></nonXMLBody>`))).toBe(long);
  });

  test('[R56] other XML is all its text, an element a line', async () => {
    expect(await textOf('<n><t>one</t><t>two\n  three</t></n>', 'text/xml')).toBe('one\ntwo\n  three');
    expect(await textOf('<html><body><p>a</p></body></html>', 'text/xml')).toBe('a');
  });
});

describe('PDF', () => {
  const text = (content: Uint8Array) => textOf(content, 'application/pdf');

  test('[R52] gives the lines of its pages', async () => {
    expect(await text(pdf('HPI: no fever\nPlan: rest (ice)', 'Page two'))).toBe(
      'HPI: no fever\nPlan: rest (ice)\n\nPage two',
    );
  });

  test('[R55] that is a scan, damaged or encrypted is refused', async () => {
    expect(await text(pdf(''))).toBe('note.no-text-layer');
    expect(await text(encryptedPdf())).toBe('note.unreadable');
    expect(await text(Buffer.from('%PDF-1.4 nothing'))).toBe('note.unreadable');
  });

  test.each(allPackings)('[R57] that unfolds to more than is read is refused: %s', async (packing) => {
    expect(await text(bombPdf(LARGEST + 1, packing))).toBe('note.too-large');
    expect(await text(bombPdf(1000, packing))).toBe('note.no-text-layer');
  });

  test('[R57] is refused where its parts together unfold to too much', async () => {
    expect(await text(bombPdf(LARGEST / 2, 'deflated, in hexadecimals', 40))).toBe('note.too-large');
  });

  test('[R57] that takes too long is refused, and the next one is read', async () => {
    const pages = pdf(...Array.from({ length: 2000 }, (_, at) => `Page ${at}`));
    await expect(pdfText(pages, 1)).rejects.toMatchObject({ reason: 'note.too-large' });
    expect(await text(pdf('words'))).toBe('words');
  });

  test('is read beside others in its turn', async () => {
    const words = ['one', 'two', 'three'];
    expect(await Promise.all(words.map((word) => text(pdf(word))))).toEqual(words);
  });

  test('leaves nothing that keeps a process alive', () => {
    const program = `
      const { documentText } = await import(${JSON.stringify(new URL('./document-text.ts', import.meta.url).href)});
      const bytes = Buffer.from(${JSON.stringify(pdf('words').toString('base64'))}, 'base64');
      console.log(await documentText(bytes, 'application/pdf'));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { timeout: 60_000 });
    expect({ status: run.status, out: run.stdout.toString() }).toEqual({ status: 0, out: 'words\n' });
  });

  test('is left as it was', async () => {
    const bytes = pdf('words');
    const before = Buffer.from(bytes);
    await text(bytes);
    expect(bytes.equals(before)).toBe(true);
  });
});

describe('any document', () => {
  test('is read in a thread of Node as it is here', async () => {
    const thread = new Worker(new URL('./thread.test-support.ts', import.meta.url));
    try {
      for (const [content, type, text] of [
        [Buffer.from('a'), 'text/plain', 'a'],
        [Buffer.from('<p>b'), 'text/html', 'b'],
        [Buffer.from('{\\rtf1 c}'), 'text/rtf', 'c'],
        [Buffer.from('<d>d</d>'), 'text/xml', 'd'],
        [pdf('e'), 'application/pdf', 'e'],
      ] as const) {
        const answer = Promise.race([once(thread, 'message'), once(thread, 'error')]);
        thread.postMessage([content, type]);
        expect(await answer, type).toEqual([text]);
      }
    } finally {
      await thread.terminate();
    }
  });

  test('[R55] without text is refused', async () => {
    for (const [content, type] of [
      [' \n', 'text/plain'],
      ['<p> </p>', 'text/html'],
      [String.raw`{\rtf1 \par }`, 'text/rtf'],
      ['<a> </a>', 'application/xml'],
    ] as const)
      expect(await textOf(content, type), type).toBe('note.empty');
    expect(await textOf('x', 'image/jpeg')).toBe('note.not-text');
    expect(await textOf('x', 'application/octet-stream')).toBe('note.not-text');
  });

  test('[R57] that is too large is refused', async () => {
    expect(await textOf(Buffer.alloc(LARGEST + 1, 'a'), 'text/plain')).toBe('note.too-large');
    expect(() => new TextWriter(5).words('a b c d')).toThrow(expect.objectContaining({ reason: 'note.too-large' }));
    expect(await textOf('<b>'.repeat(100_000), 'text/html')).toBe('note.unreadable');
  });

  const types = ['text/plain', 'text/html', 'application/rtf', 'application/xml', 'application/pdf'];
  const whole = [
    Buffer.from('<h1>a</h1><table><tr><td>b<ul><li>c'),
    Buffer.from(String.raw`{\rtf1{\fonttbl{\f0\fcharset204 A;}}\f0 a\'e1\u945?{\*\x b}\cell\row\bin2 ..}`),
    Buffer.from(body(section('a', '<table><tr><td>b</td></tr></table>'))),
    pdf('some words', 'more'),
  ];
  const damaged = fc
    .tuple(fc.constantFrom(...whole), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.nat())
    .map(([bytes, changes, cut]) => {
      const copy = Buffer.from(bytes);
      for (const [at, byte] of changes) copy[at % copy.length] = byte;
      return cut % 3 === 0 ? copy.subarray(0, cut % copy.length) : copy;
    });
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    damaged,
  );

  test('[R58] gives a text or a reason, whatever its bytes are, and the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.constantFrom(...types), async (bytes, type) => {
        const first = await textOf(bytes, type);
        expect(first).not.toBe('');
        expect(await textOf(bytes, type)).toBe(first);
      }),
      { numRuns: 400 },
    );
  });
});
