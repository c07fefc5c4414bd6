import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newPlace, patient } from '../records.test-support.ts';
import { rowsOf } from './decode.test-support.ts';

const data = (text: string) => Buffer.from(text).toString('base64');
const note = (...attachments: readonly object[]) => ({
  resourceType: 'DocumentReference',
  id: '1',
  status: 'current',
  subject: { reference: 'Patient/1' },
  content: attachments.map((attachment) => ({ attachment })),
});
const plain = { contentType: 'text/plain', data: data('plain') };

describe('the attachments of a document', () => {
  test('[R50] plain text in the line goes before all others', () => {
    const others = [
      { contentType: 'application/pdf', data: data('%PDF') },
      { contentType: 'text/html', data: data('<p>html') },
      { contentType: 'text/plain', url: 'a.txt' },
    ];
    expect(rowsOf('note', note(...others, plain))).toMatchObject([{ note_text: 'plain' }]);
  });

  test('[R50] the next one is tried where one has no text; the first reason is told', async () => {
    const empty = { contentType: 'text/plain', data: data(' ') };
    const html = { contentType: 'text/html', data: data('<p>html'), title: 'Visit' };
    const noText = { contentType: 'text/html', data: data('<p>') };
    const rtf = { contentType: 'text/rtf', data: data('{\\rtf1 rtf}') };
    using place = newPlace();
    const report = await place.import([
      patient('1'),
      { ...note(html, empty), id: '1' },
      { ...note(rtf, noText), id: '2' },
      { ...note(noText, empty), id: '3' },
      { ...note({ contentType: 'text/plain', url: 'none.txt' }, noText), id: '4' },
    ]);
    expect(await place.query('SELECT src_id, note_title, note_text FROM note ORDER BY src_id')).toEqual([
      { src_id: 'DocumentReference/1', note_title: 'Visit', note_text: 'html' },
      { src_id: 'DocumentReference/2', note_title: null, note_text: 'rtf' },
    ]);
    expect(report.reasons).toEqual({ 'note.empty': 1, 'note.missing-file': 1 });
  });

  test('[R59] a file beside the export is read, by the type that is named or its name says', async () => {
    using place = newPlace();
    const file = (name: string, text: string) => {
      const path = join(place.dir, 'input', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };
    file('notes/1.html', '<p>one<br>two');
    file('notes/2', 'three');
    writeFileSync(join(place.dir, 'secret.txt'), 'secret');
    const report = await place.import([
      patient('1'),
      { ...note({ url: 'notes/1.html' }), id: '1' },
      { ...note({ url: 'notes/2', contentType: 'text/plain' }), id: '2' },
      { ...note({ url: '../secret.txt' }), id: '3' },
      { ...note({ url: 'https://host.example/Binary/1' }), id: '4' },
    ]);
    expect(await place.query('SELECT note_text FROM note ORDER BY src_id')).toEqual([
      { note_text: 'one\ntwo' },
      { note_text: 'three' },
    ]);
    expect(report.reasons).toEqual({ 'note.outside': 1, 'note.remote': 1 });
    expect(report.lines).toBe(report.stored + report.quarantined);
  });

  test('is refused where it is of a wrong shape, whatever else is there', () => {
    expect(rowsOf('note', note({ ...plain, data: 7 }))).toBe('fhir.wrong-shape');
    expect(rowsOf('note', note({ contentType: 7 }, plain))).toBe('fhir.wrong-shape');
  });
});
