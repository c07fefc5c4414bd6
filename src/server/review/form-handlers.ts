/** The instruments as a form. */
import type { Field, Instrument, Protocol } from '../../protocol/index.ts';
import { stageOf } from '../../review/index.ts';
import { isBlindedTo } from '../blinding.ts';
import type { Handlers } from '../http/handler.ts';

export const formHandlers = {
  reviewForm: ({ server, params, who }) =>
    server.studies.with(params.study, (open) => {
      const { protocol } = open.study;
      return {
        instruments: protocol.instruments.map((one) => instrumentForm(protocol, one)),
        exclusions: protocol.exclusions.flatMap(({ id, label, reviewer }) =>
          reviewer ? [{ id, label, instrument: reviewer.instrument }] : [],
        ),
        isBlinded: isBlindedTo(open, who),
      };
    }),
} satisfies Handlers<'reviewForm'>;

function instrumentForm(protocol: Protocol, { id, label, guidance, repeats, fields }: Instrument) {
  return {
    instrument: id,
    label,
    guidance,
    stage: stageOf(protocol, id),
    key: repeats?.key,
    fields: fields.map(fieldForm),
  };
}

function fieldForm(field: Field) {
  return {
    field: field.id,
    label: field.label,
    guidance: field.guidance,
    type: field.type,
    choices: 'choices' in field ? field.choices : undefined,
    unit: 'unit' in field ? field.unit : undefined,
    min: 'min' in field ? field.min : undefined,
    max: 'max' in field ? field.max : undefined,
    required: field.required,
    evidence: field.evidence,
    missing: [...field.missing],
    hasTerms: field.terms !== undefined,
    isBranching: field.visible !== undefined,
  };
}
