/** The parts of a protocol that a cohort definition gives, as YAML to paste into one. */
import { Document, visit } from 'yaml';
import type { FromAtlas } from './read-definition.ts';

/** The YAML; what is left out, and what differs, in comments at its head. Defaults are not written. */
export function protocolPartYaml({ part, leftOut, differs }: FromAtlas): string {
  const { concepts, index, arms, exclusions } = part;
  const document = new Document(JSON.parse(JSON.stringify({ concepts, index, arms, exclusions }, withoutDefaults)));
  document.commentBefore = [
    'From a cohort definition of OHDSI ATLAS.',
    ...(leftOut.length > 0 ? ['', 'Left out, since there is no equal here:', ...leftOut.map(leftOutText)] : []),
    ...(differs.length > 0 ? ['', 'Worked out differently:', ...differs.map((how) => `- ${how}`)] : []),
  ]
    .map((line) => (line === '' ? '' : ` ${line}`))
    .join('\n');
  visit(document, {
    Collection(_key, node, path) {
      node.flow = path.length > PARTS && JSON.stringify(node).length <= WIDE;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** `InclusionRules[0].expression: Why it is left out.` */
export function leftOutText({ at, why }: FromAtlas['leftOut'][number]): string {
  return `- ${at}: ${why}`;
}

/** A collection of so many signs stands on one line. */
const WIDE = 100;
/** The document, its map, and the pair of a part such as `arms`: these stand on lines of their own. */
const PARTS = 3;

function withoutDefaults(key: string, value: unknown): unknown {
  if (key === '' || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const isDefault = (name: string, one: unknown, of: object): boolean =>
    (name === 'atLeast' && one === 1 && !('of' in of) && key !== 'value') ||
    (name === 'descendants' && one === true) ||
    ((name === 'mapped' || name === 'exclude') && one === false) ||
    (name === 'terms' && Array.isArray(one) && one.length === 0);
  return Object.fromEntries(Object.entries(value).filter(([name, one]) => !isDefault(name, one, value)));
}
