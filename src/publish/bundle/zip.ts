/** A bundle as one file. The same files give the same bytes: no clock, no order of the disk. Rule R70. */
import { zipSync } from 'fflate';

/** The first day that a ZIP file can tell, in local time as the format has it: the same bytes in every zone. */
const NO_TIME = new Date(1980, 0, 1);

/** The files in a ZIP file, in a folder of the given name. */
export function zipOf(folder: string, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...files.keys()].sort();
  return zipSync(Object.fromEntries(names.map((name) => [`${folder}/${name}`, files.get(name) ?? new Uint8Array()])), {
    mtime: NO_TIME,
    level: 9,
  });
}
