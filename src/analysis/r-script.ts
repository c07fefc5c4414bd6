import { readdirSync, readFileSync } from 'node:fs';
import type { TextFile } from './csv-text.ts';

const FOLDER = new URL('r/', import.meta.url);

/** `analysis.R`: the parts of the folder `r/` one after the other, each a family of procedures. */
export function analysisScript(): TextFile {
  const parts = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.R'))
    .sort();
  return { name: 'analysis.R', text: parts.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('') };
}
