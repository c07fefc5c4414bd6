import { Alert, Stack, Text, Title } from '@mantine/core';
import type { ImportView } from '../../../../src/server/contract/index.ts';
import { Figures } from './figures.tsx';
import { countText } from './size-text.ts';

/** What became of every line of an import. */
export function Account({ report }: { readonly report: ImportView }) {
  const { byType, reasons, ignored, linkage } = report;
  return (
    <Stack>
      <Text>{endText(report)}</Text>
      <Figures
        label="What became of the lines"
        heads={['Kind', 'Lines', 'Stored', 'Superseded', 'Unmapped', 'In quarantine']}
        rows={[...byType, { type: 'all', ...report }].map(
          ({ type, lines, stored, superseded, unmapped, quarantined }) => [
            type,
            ...[lines, stored, superseded, unmapped, quarantined].map(countText),
          ],
        )}
      />
      {ignored.length > 0 && <Alert color="yellow">Not read, for their names: {ignored.join(', ')}</Alert>}
      {reasons.length > 0 && (
        <Figures
          label="Why lines are in quarantine"
          heads={['Why in quarantine', 'Lines', { text: 'In words' }]}
          rows={reasons.map(({ reason, words, lines }) => [reason, countText(lines), words])}
        />
      )}
      {linkage && (
        <section>
          <Title order={3} mb="xs">
            How rows found their persons
          </Title>
          <Figures
            label="How rows found their persons"
            heads={['Rule', 'Rows']}
            rows={[
              ...linkage.byRule.map(({ rule, rows }) => [ruleText(rule), countText(rows)]),
              ['contradict the person whom they find', countText(linkage.contradiction)],
              ['find a person whom a steward has rejected', countText(linkage.rejected)],
              ['fit more than one person', countText(linkage.ambiguous)],
              ['fit nobody', countText(linkage.unlinked)],
            ]}
          />
          {linkage.proposed > 0 && (
            <Text mt="xs">
              {countText(linkage.proposed)} of those without a person may be somebody: see “Linkage to confirm”.
            </Text>
          )}
        </section>
      )}
    </Stack>
  );
}

function ruleText(rule: string): string {
  return rule === 'confirmed' ? 'confirmed by a steward' : `linked by ${rule.replaceAll('+', ', ')}`;
}

function endText({ dryRun, changed, snapshot, lines, stored, superseded }: ImportView): string {
  if (stored + superseded === 0) return lines === 0 ? 'There was no line to read.' : 'None of the lines could be used.';
  if (dryRun) return changed ? 'A dry run: nothing was stored yet.' : 'A dry run: nothing in it is new.';
  return changed
    ? `The records became snapshot ${snapshot}.`
    : `Nothing was new: the records stayed snapshot ${snapshot}.`;
}
