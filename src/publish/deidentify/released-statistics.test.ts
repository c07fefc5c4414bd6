import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { TextFile } from '../../analysis/index.ts';
import { parseProtocol } from '../../protocol/index.ts';
import type { FieldPairs } from '../../review/index.ts';
import { closedWords } from './closed-words.ts';
import { releasedPairs, releasedStatistics } from './released-statistics.ts';

const protocol = parseProtocol(
  `
chartproof: 1
id: chilblains
version: "1"
title: Chilblains
period: { start: 2014-01-01, end: 2018-12-31 }
concepts: { nifedipine: { label: Nifedipine, drugs: { names: [nifedipine] } } }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms: [{ id: drug, label: Drug, criterion: { drug: nifedipine } }]
treatments: { calcium_blocker: { label: Nifedipine, concept: nifedipine } }
instruments:
  - id: screening
    label: Screening
    fields:
      - { id: cold, type: yesno, label: "Cold?", missing: [] }
      - { id: age, type: integer, unit: a, label: Age }
      - { id: toes, type: integer, label: Toes }
      - { id: job, type: text, label: Job }
      - { id: skin, type: choice, label: Skin, choices: [{ code: pale, label: Pale skin }] }
review: { screening: screening }
statistics:
  - { id: age, label: Age by skin, number: screening.age, by: screening.skin, test: wilcoxon }
  - { id: toes, label: Toes by job, number: screening.toes, by: screening.job, test: wilcoxon }
  - { id: work, label: Cold by work, compare: screening.cold, by: "iif(screening.job = 'smith', 'indoors', 'outdoors')", test: fisher }
`,
  'protocol.yaml',
);

const HEADER = 'statistic,subject,value,second,group,group_label,stratum';
const valuesOf = (...rows: readonly string[]): string[][] => {
  const file: TextFile = { name: 'data/statistic-values.csv', text: `${[HEADER, ...rows].join('\n')}\n` };
  const [released] = releasedStatistics(protocol, [file]);
  return (parse(released?.text ?? '') as string[][]).slice(1);
};

describe('what the statistics read, as it leaves', () => {
  test('[R42] has no age over 89, and other numbers as they are', () => {
    const rows = valuesOf(
      'age,S001,89,,pale,Pale skin,',
      'age,S002,93,,pale,Pale skin,',
      'toes,S002,93,,pale,Pale skin,',
    );
    expect(rows.map(([, , value]) => value)).toEqual(['89', '90+', '93']);
  });

  test('[R41] has no words but those of the protocol', () => {
    const rows = valuesOf(
      'age,S001,40,,pale,Pale skin,',
      'toes,S001,10,,farmer in Ely,farmer in Ely,',
      'work,S001,true,,indoors,indoors,',
      'work,S002,false,,false,no,',
    );
    expect(rows.map((row) => row.slice(4, 6).join(' '))).toEqual([
      'pale Pale skin',
      '(withheld) (withheld)',
      'indoors indoors',
      'false no',
    ]);
    expect([...closedWords(protocol)]).toEqual(expect.arrayContaining(['calcium_blocker', 'strength']));
  });

  test('[R42] tells of an age over 89 only whether two abstractors said the same', () => {
    const [instrument] = protocol.instruments;
    const pairsOf = (id: string, ...pairs: FieldPairs['pairs']): FieldPairs => {
      const field = instrument?.fields.find((one) => one.id === id);
      if (!instrument || !field) throw new Error('no such field');
      return { instrument, field, pairs };
    };
    const kinds = releasedPairs([
      pairsOf('age', ['value:89', 'value:88']),
      pairsOf('age', ['value:40', 'value:41'], ['value:93', 'value:93']),
      pairsOf('toes', ['value:93', 'value:93']),
    ]).map(({ field }) => field.type);
    expect(kinds).toEqual(['integer', 'text', 'integer']);
  });
});
