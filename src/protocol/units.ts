/** Units of measurements, in UCUM, and how a value goes from one to another. */
import { UcumLhcUtils } from '@lhncbc/ucum-lhc';

/** `to = from × factor + offset`. */
export interface UnitConversion {
  readonly factor: number;
  readonly offset: number;
}

const ucum = UcumLhcUtils.getInstance();

/** Whether a text is a unit of UCUM, such as `mg/dL`. */
export function isUnit(unit: string): boolean {
  return ucum.validateUnitString(unit).status === 'valid';
}

/**
 * How a value in `from` becomes one in `to`; `undefined` where it does not: other dimensions, no unit of UCUM, or a scale
 * that is no straight line (pH). Between masses and moles it takes the molar mass of what was measured, in g/mol.
 */
export function unitConversion(from: string, to: string, molarMass?: number): UnitConversion | undefined {
  if (from === to) return { factor: 1, offset: 0 };
  const options = molarMass === undefined ? {} : { molecularWeight: molarMass };
  const at = (value: number): number => {
    const { status, toVal } = ucum.convertUnitTo(from, value, to, options);
    return status === 'succeeded' && toVal !== null ? toVal : Number.NaN;
  };
  const [offset, one, two] = [at(0), at(1), at(2)];
  const factor = one - offset;
  const isLine = Math.abs(two - (2 * factor + offset)) <= Math.abs(two) * TOLERANCE;
  return isLine ? { factor, offset } : undefined;
}

const TOLERANCE = 1e-9;
