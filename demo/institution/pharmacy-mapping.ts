/** How the pharmacy's columns map to drug exposures; written beside its file. */
export const PHARMACY_MAPPING = `# What the compounding pharmacy's columns mean. docs/import.md explains every line.
#   chartproof import table compounding.csv --mapping mapping.yaml

# The name of the source. It begins the id of every row, so keep it once something is imported.
source: compounding-pharmacy

# What a row is. Each is one fill of one prescription.
becomes: drug_exposure

# What names a row. The prescription number alone is not enough: a refill has the same number and another date.
row_id: [Rx No, Fill Date]

# Which column says what. On the left our names, on the right the pharmacy's.
columns:
  date: { column: Fill Date, format: MM/DD/YYYY }
  drug: Drug
  form: Form
  route: Route
  quantity: Qty
  unit: Unit
  sig: Sig
  refills: Refills

# What a row says of the person. It is used to find the person and is not stored with the fill.
person:
  record_number: MRN
  family_name: Last Name
  given_name: First Name
  birth_date: { column: DOB, format: MM/DD/YYYY }
  source_patient: Pharmacy Patient

# How a row finds its person: the first rule that finds anybody decides. A row that fits several persons, or that
# contradicts the one it finds, is left out and listed.
linkage:
  # The hospital's record number, which the pharmacy writes without leading zeros. A mistyped number may be somebody
  # else's: so the birth date or the family name must agree.
  - match: [record_number]
    check: [birth_date, family_name]
  # Without a number that we know: name and birth date together.
  - match: [family_name, given_name, birth_date]
  # The pharmacy's own patient number, where another of its rows has found the person by the rules above.
  - match: [source_patient]
    check: [birth_date, family_name]
`;
