/**
 * Proves of a bundle, with nothing but the bundle: that no file was altered, removed or added; that the tables, the statistics and the
 * account follow from its data set. What it cannot prove it says. Rules R71 to R78.
 *
 * Whoever changes a file can change the sums with it. That shows where the numbers no longer follow from the data, and else only
 * by the seal: it stands in the audit trail of the study, and should stand in the paper.
 */
import { checkAccepted, checkAccount, checkArms } from './check-account.ts';
import { checkData, checkStatistics, checkTables, checkVariables } from './check-counts.ts';
import { checkCrate, checkManifest, checkProtocolFile, checkSums } from './check-files.ts';
import { checkPrinted } from './check-printed.ts';
import { type BundleProblem, Findings } from './findings.ts';

/** What came of it. `notes` say what could not be proved, and why. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly title?: string;
  readonly seal?: string;
  readonly checked: readonly string[];
  readonly notes: readonly string[];
  readonly problems: readonly BundleProblem[];
}

/** Verifies the files of a bundle; with `r` the statistics are computed anew, which takes some seconds. */
export async function verifyBundle(
  files: ReadonlyMap<string, Uint8Array>,
  { r }: { readonly r: boolean },
): Promise<VerifyReport> {
  const found = new Findings(files);
  const manifest = checkManifest(found);
  if (manifest) {
    checkSums(found, manifest);
    checkCrate(found, manifest);
    checkAccepted(found, manifest);
    const protocol = checkProtocolFile(found, manifest);
    if (protocol) {
      checkAccount(found, protocol);
      checkArms(found);
      const bundle = checkData(found, protocol);
      if (bundle) {
        checkTables(found, bundle);
        checkVariables(found, bundle);
        await checkStatistics(found, bundle, r);
      }
    }
    // To print numbers that are wrong already would only say so again.
    if (protocol && found.problems.length === 0) await checkPrinted(found, manifest, protocol);
  }
  const { checked, notes, problems } = found;
  const { title, seal } = manifest ?? {};
  const named = { ...(title === undefined ? {} : { title }), ...(seal === undefined ? {} : { seal }) };
  return { ok: problems.length === 0, ...named, checked, notes, problems };
}
