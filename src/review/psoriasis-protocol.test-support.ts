/** The protocol of the study that the tests of this room review. */
export const psoriasisProtocol = `
chartproof: 1
id: psoriasis-methotrexate
version: "1"
title: Methotrexate for psoriasis
period: { start: 2014-01-01, end: 2018-12-31 }
concepts:
  psoriasis: { label: Psoriasis, codes: [{ system: ICD10CM, code: "L40" }] }
authorization: { asOf: 2020-01-01, noneOnRecord: granted }
arms:
  - { id: coded, label: Coded, criterion: { condition: psoriasis } }
exclusions:
  - { id: no-psoriasis, label: No psoriasis, reviewer: { instrument: screening, when: psoriasis = false } }
instruments:
  - id: screening
    label: Screening
    fields:
      - { id: psoriasis, type: yesno, label: Psoriasis?, evidence: none, missing: [conflicting] }
  - id: baseline
    label: Before treatment
    fields:
      - id: severity
        type: choice
        label: Severity
        choices: [{ code: mild, label: Mild }, { code: severe, label: Severe }]
      - { id: smoker, type: yesno, label: Smoker?, missing: [not-documented] }
      - { id: pack_years, type: integer, label: Pack-years, min: 0, max: 150, visible: smoker = true }
      - id: started
        type: date
        label: Methotrexate started
        validate: [{ expression: "%value >= @2014", message: the treatment starts in the period of the study }]
      - id: nails
        type: choices
        label: Nails
        required: false
        evidence: optional
        choices: [{ code: pits, label: Pits }, { code: lifting, label: Lifting }]
      - { id: remark, type: text, label: Remark, required: false, evidence: none }
      - { id: heavy, type: computed, of: yesno, label: Heavy smoker, value: pack_years >= 20 }
  - id: visit
    label: Visit
    repeats: { key: number }
    fields:
      - { id: number, type: integer, label: Number, evidence: none, missing: [] }
      - { id: clear, type: yesno, label: Clear or almost clear?, evidence: optional }
review: { screening: screening, abstractors: 2 }
`;
