import { describe, expect, test } from 'vitest';
import { expectMistake, GOUT, type Mistake } from './gout.test-support.ts';
import { parseProtocol } from './parse.ts';
import { alternativeRules, underAlternative } from './response-alternatives.ts';

const RESPONDERS = '  responders: [CR]';
const plus = (...lines: readonly string[]): string => [RESPONDERS, ...lines.map((line) => `  ${line}`)].join('\n');
const withLines = (...lines: readonly string[]): string => GOUT.replace(RESPONDERS, plus(...lines));
const NUMBER = '      - { id: joint, type: text, label: Tophus }';
const withSize = (text: string): string =>
  text
    .replace(NUMBER, `${NUMBER}\n      - { id: longest, type: decimal, label: Longest diameter, unit: mm }`)
    .replace('status: status }\n  statuses', 'status: status, size: longest }\n  statuses');

describe('the response', () => {
  test.each<Mistake>([
    [
      RESPONDERS,
      plus('improvement: { by: size, change: -30 }'),
      '{ by',
      'protocol.response-limit Improvement is told by the size, which no assessment has. Name its field in `assessments: { size: ... }`.',
    ],
    [
      RESPONDERS,
      plus('worsening: { change: 20 }'),
      '{ change',
      'protocol.response-limit Worsening by a number needs improvement by one. Add `improvement: { by: size, change: -30 }`.',
    ],
    [
      RESPONDERS,
      plus('counts: [provider]'),
      '[provider]',
      'protocol.response-limit Which bases count needs a field that states them. Name it in `assessments: { basis: ... }`.',
    ],
    [
      RESPONDERS,
      plus('window: {}'),
      '{}',
      'protocol.response-limit The window has no limit. Give `fromDays`, `toMonths` or both.',
    ],
    [
      RESPONDERS,
      plus('confirmation: { afterDays: 28, withinDays: 14 }'),
      '{ afterDays',
      'protocol.response-limit Nothing can be confirmed: it must be within fewer days than after. Let `withinDays` be larger.',
    ],
    [
      'patient: best',
      'patient: index',
      'index',
      'protocol.response-limit It is not said which lesion decides. Add `index:` with an expression that gives its name.',
    ],
    [
      RESPONDERS,
      plus('exposure: { minimum: baseline.tophi = true, otherwise: UK }'),
      'UK',
      'protocol.unknown-name There is no category `UK`. Did you mean `UR`?',
    ],
    [
      RESPONDERS,
      plus('exposure: { minimum: baseline.tofi = true }'),
      'baseline.tofi',
      'protocol.unknown-name There is no name `tofi` in `baseline`. Did you mean `tophi`?',
    ],
    [
      'status: status }\n  statuses',
      'status: status, size: joint }\n  statuses',
      'joint }',
      'protocol.number The field `joint` is no number. Take one of the type integer or decimal.',
    ],
    [
      RESPONDERS,
      plus('bases: { told: patient }'),
      '{ told',
      'protocol.basis The bases have no field that states them. Name it in `assessments: { basis: ... }`.',
    ],
    [
      RESPONDERS,
      plus('alternatives: [{ id: strict, label: Strict, responders: [CX] }]'),
      'CX',
      'protocol.unknown-name There is no category `CX`. Did you mean `CR`?',
    ],
    [
      RESPONDERS,
      plus('alternatives: [{ id: declared, label: Again, patient: worst }]'),
      'declared',
      'protocol.taken-name `declared` is a row of the sensitivity table already. Choose another id.',
    ],
    [
      '{ code: UR, label: Unknown }',
      '{ code: percent, label: Some, when: evaluable }\n    - { code: UR, label: Unknown }',
      'percent',
      'protocol.taken-name `percent` is a column of the table of other definitions already. Choose another code.',
    ],
    [
      RESPONDERS,
      plus('alternatives: [{ id: one, label: One, statuses: { gone: resolved, smaller: improved } }]'),
      '{ gone',
      "protocol.status The choice `same` of the status field has no meaning here. Add `same:` with one of the engine's statuses.",
    ],
  ])('[R4] %s: %s', (...mistake) => expectMistake(mistake));

  test('[R4] better and worse go opposite ways, and gone is at least better', () => {
    const refused = (line: string): unknown => {
      try {
        parseProtocol(withSize(withLines(...line.split('\n'))), 'gout.yaml');
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refused('improvement: { by: size, change: -30 }\nworsening: { change: 20 }')).toBe('taken');
    expect(refused('improvement: { by: size, change: -30 }\nworsening: { change: -20 }')).not.toBe('taken');
    expect(refused('improvement: { by: size, change: 0 }')).not.toBe('taken');
    expect(refused('improvement: { by: size, change: -30, resolved: -10 }')).not.toBe('taken');
    expect(refused('improvement: { by: size, change: 30, resolved: 90 }')).toBe('taken');
  });

  test('[R4] an alternative changes what it says, and null takes a part away', () => {
    const text = withLines(
      'confirmation: { afterDays: 28 }',
      'alternatives: [{ id: once, label: Once, confirmation: null, patient: worst }]',
    );
    const protocol = parseProtocol(text, 'gout.yaml');
    const { response } = underAlternative(protocol, 'once');
    expect(protocol.response?.confirmation).toEqual({ times: 2, afterDays: 28 });
    expect(response).toMatchObject({ patient: 'worst', unknown: 'UR' });
    expect(Object.keys(response ?? {})).not.toContain('confirmation');
    expect(() => underAlternative(protocol, 'onse')).toThrow(
      expect.objectContaining({ code: 'protocol.no-alternative', tip: 'Did you mean "once"?' }),
    );
    if (!protocol.response) throw new Error('it has one');
    expect(alternativeRules(protocol.response, { id: 'x', label: 'X' })).not.toHaveProperty('alternatives');
  });

  test('[R4] expressions may ask for what the response holds', () => {
    const value = 'response.bestChange <= -50 or response.assessments.where(`months` > 6).exists()';
    const text = GOUT.replace('value: duration < 12 and', `value: (${value}) and`);
    expect(() => parseProtocol(text, 'gout.yaml')).not.toThrow();
  });
});
