import { type DecodedRow, row } from '../rows.ts';
import { type Fhir, listAt, textAt } from './elements.ts';
import { idOf } from './references.ts';

/** Practitioner: a provider, also known by each of its identifiers. The specialty comes from its roles. */
export function decodePractitioner(practitioner: Fhir, name: string): DecodedRow[] {
  const provider_id = idOf(name);
  const aliases = listAt(practitioner, 'identifier').flatMap((identifier) => {
    const value = textAt(identifier, 'value');
    if (value === undefined) return [];
    const alias = `Practitioner?identifier=${textAt(identifier, 'system') ?? ''}|${value}`;
    return [row('provider_alias', { alias_id: idOf(alias), provider_id })];
  });
  return [row('provider', { provider_id, specialty_source_value: null, provider_source_value: name }), ...aliases];
}
