/** The lists of rows that no rule linked: for the source (where they are) and for the steward (who they may be). */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportSink } from '../import-run.ts';
import { unlinkedRows } from './link-rows.ts';
import type { ProposalsHead } from './proposals.ts';

/** The paths of the lists; absent where all rows are linked. */
export interface UnlinkedLists {
  readonly file?: string;
  readonly proposals?: string;
}

/** Writes both lists, and each row into the quarantine. They say where the rows are, never what they say. */
export async function listUnlinked({ staging, quarantine }: ImportSink, head: ProposalsHead): Promise<UnlinkedLists> {
  const file = new TextFile(join(staging.folder, 'linkage.csv'), 'file,line,reason\n');
  const proposals = new TextFile(join(staging.folder, 'proposals.ndjson'), `${JSON.stringify(head)}\n`);
  try {
    for await (const row of unlinkedRows(staging)) {
      file.add(`${quoted(row.file)},${row.line},${row.reason}\n`);
      proposals.add(`${JSON.stringify(row)}\n`);
      quarantine.add({ file: row.file, line: row.line, type: head.source, reason: row.reason });
    }
  } finally {
    file.close();
    proposals.close();
  }
  return file.isEmpty ? {} : { file: file.path, proposals: proposals.path };
}

/** A file that is there only when something is added to it, after its head. */
class TextFile {
  readonly path: string;
  #file: number | undefined;
  #waiting: string;

  constructor(path: string, head: string) {
    this.path = path;
    this.#waiting = head;
  }

  get isEmpty(): boolean {
    return this.#file === undefined;
  }

  add(text: string): void {
    this.#waiting += text;
    this.#file ??= openSync(this.path, 'w');
    if (this.#waiting.length > BLOCK) this.#write();
  }

  close(): void {
    if (this.#file === undefined) return;
    this.#write();
    closeSync(this.#file);
  }

  #write(): void {
    if (this.#file === undefined) return;
    const bytes = Buffer.from(this.#waiting);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#file, bytes, written);
    this.#waiting = '';
  }
}

const BLOCK = 1 << 16;

function quoted(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
