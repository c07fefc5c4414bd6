import { usDate } from '../institution/calendar.ts';
import type { Random } from '../institution/random.ts';
import type { IncludedCase, PersonOfCase } from './cases.ts';

/** How a note speaks of its patient. */
export interface Voice {
  readonly she: string;
  readonly She: string;
  readonly her: string;
  readonly Her: string;
  readonly woman: string;
  readonly name: string;
}

/** The words for this person. */
export function voiceOf(person: PersonOfCase): Voice {
  const title = person.sex === 'female' ? 'Ms.' : 'Mr.';
  return person.sex === 'female'
    ? { she: 'she', She: 'She', her: 'her', Her: 'Her', woman: 'woman', name: `${title} ${person.family}` }
    : { she: 'he', She: 'He', her: 'his', Her: 'His', woman: 'man', name: `${title} ${person.family}` };
}

const diseaseNames: Readonly<Record<string, string>> = {
  systemic_sclerosis: 'systemic sclerosis',
  sle: 'systemic lupus erythematosus',
  myositis: 'myositis',
  rheumatoid_arthritis: 'rheumatoid arthritis',
  sjogren: 'Sjogren syndrome',
};

/** The diagnosis as a rheumatologist writes it, with its subtype or the diseases that overlap. */
export function diseaseText({
  actd,
  actd_subtype,
  overlap_of,
  undifferentiated_features,
}: IncludedCase['baseline']): string {
  const names = (ids: readonly string[] = []) => ids.map((id) => diseaseNames[id] ?? id).join(' and ');
  if (actd === 'overlap') return `overlap syndrome of ${names(overlap_of)}`;
  if (actd === 'undifferentiated')
    return `undifferentiated connective tissue disease with features of ${names(undifferentiated_features)}`;
  const subtype = `${actd}/${actd_subtype}`;
  return (
    {
      'dermatomyositis/juvenile': 'juvenile dermatomyositis',
      'systemic_sclerosis/diffuse': 'diffuse cutaneous systemic sclerosis',
      'systemic_sclerosis/limited': 'limited cutaneous systemic sclerosis',
      'lupus/systemic': 'systemic lupus erythematosus',
      'lupus/cutaneous': 'cutaneous lupus erythematosus with discoid lesions and lupus panniculitis',
      'rheumatoid_arthritis/classic': 'seropositive rheumatoid arthritis of adult onset',
      'rheumatoid_arthritis/juvenile': 'juvenile rheumatoid arthritis',
    }[subtype] ?? subtype
  );
}

/** Abbreviation that the same note uses later on. */
export function diseaseShort({ actd, actd_subtype }: IncludedCase['baseline']): string {
  const short: Readonly<Record<string, string>> = {
    dermatomyositis: 'JDM',
    systemic_sclerosis: actd_subtype === 'diffuse' ? 'dcSSc' : 'lcSSc',
    overlap: 'overlap CTD',
    undifferentiated: 'UCTD',
    lupus: actd_subtype === 'systemic' ? 'SLE' : 'DLE',
    rheumatoid_arthritis: actd_subtype === 'juvenile' ? 'JRA' : 'RA',
  };
  return short[actd] ?? actd;
}

/** A day as notes write it, in one of three ways. */
export function writtenDay(day: string, random: Random): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return random.pick([
    usDate(day),
    `${months[month - 1]} ${date}, ${year}`,
    `${date} ${months[month - 1]?.slice(0, 3)} ${year}`,
  ]);
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** A partial date as notes write it: `2012`, `March 2012` or a day. */
export function writtenPartial(date: string): string {
  const [year, month, day] = date.split('-');
  if (day) return usDate(date);
  return month ? `${months[Number(month) - 1]} ${year}` : date;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
