import { stringify } from 'yaml';
import type { ReleaseFacts } from '../release-content.ts';
import { escapeMarkdown } from '../tables-markdown.ts';
import type { Manuscript } from './read-manuscript.ts';

/** The text as Markdown with its numbers in, and above it what they were made from. Rule R33 of SPEC.md. */
export function manuscriptMarkdown({ head, body, printed }: Manuscript, facts: ReleaseFacts): string {
  let text = '';
  let at = 0;
  for (const { start, end, text: value, bound } of [...printed.values()].sort((a, b) => a.start - b.start)) {
    text += body.slice(at, start) + (typeof bound?.value.value === 'string' ? escapeMarkdown(value) : value);
    at = end;
  }
  return `${headOf(head, facts)}${text}${body.slice(at)}`;
}

/** The author's own head with one more key. */
function headOf(head: string, facts: ReleaseFacts): string {
  const { study, protocolVersion, protocol, snapshot, lock } = facts;
  const own = head.replace(/^---\n/, '').replace(/---\n$/, '');
  const made = stringify({ chartproof: { study, protocolVersion, protocol, snapshot, lock: lock || 'draft' } });
  return `---\n${own}${made}---\n`;
}
