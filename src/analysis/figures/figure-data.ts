/** What figures are drawn from: plain data, as `figures/ID.json` holds it. Everything drawn keeps its subjects. */
import type { ProportionResult, SurvivalCurve } from '../statistic-results.ts';

/** What every figure has. */
export interface FigureHead {
  readonly id: string;
  /** Its place among the figures of the protocol, from 1. */
  readonly number: number;
  readonly title: string;
  /** Sentences of the caption, the protocol's first, then what the figure leaves out. */
  readonly notes: readonly string[];
  readonly width: 'one-column' | 'two-columns';
  readonly palette: 'colour' | 'grey';
}

/** A response category; `unknown` is the one of those who cannot be judged. */
export interface Category {
  readonly code: string;
  readonly label: string;
  readonly unknown: boolean;
}

/** Who is in one part of a bar. */
export interface BarPart {
  readonly category: string;
  readonly subjects: readonly string[];
}

/** One subgroup, its parts in the order of the categories. */
export interface ResponseBar {
  readonly id: string;
  readonly label: string;
  readonly n: number;
  readonly parts: readonly BarPart[];
}

export interface FigureHeading {
  readonly heading: string;
}

export interface ResponseBarsData extends FigureHead {
  readonly kind: 'response-by-subgroup';
  readonly scale: 'percent' | 'subjects';
  readonly categories: readonly Category[];
  readonly rows: readonly (ResponseBar | FigureHeading)[];
}

/** A subject's line from month 0; `event` counts the kinds of events from 0. */
export interface SwimmerLane {
  readonly subject: string;
  readonly months: number;
  readonly category?: string;
  readonly ongoing: boolean;
  readonly events: readonly { readonly event: number; readonly months: number }[];
}

export interface SwimmerData extends FigureHead {
  readonly kind: 'swimmer';
  readonly categories: readonly Category[];
  readonly events: readonly string[];
  readonly lanes: readonly SwimmerLane[];
}

export interface CurvesData extends FigureHead {
  readonly kind: 'kaplan-meier';
  readonly as: 'survival' | 'incidence';
  readonly x: string;
  readonly y: string;
  readonly band: boolean;
  readonly curves: readonly SurvivalCurve[];
}

/** A change in percent. */
export interface WaterfallBar {
  readonly subject: string;
  readonly value: number;
  readonly category?: string;
}

export interface WaterfallData extends FigureHead {
  readonly kind: 'waterfall';
  readonly y: string;
  readonly limits: readonly number[];
  readonly categories: readonly Category[];
  /** The largest increase first. */
  readonly bars: readonly WaterfallBar[];
}

export interface SpaghettiLine {
  readonly subject: string;
  /** Which one of the subject; empty where each has one. */
  readonly line: string;
  readonly category?: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface SpaghettiData extends FigureHead {
  readonly kind: 'spaghetti';
  readonly x: string;
  readonly y: string;
  readonly limits: readonly number[];
  readonly categories: readonly Category[];
  readonly lines: readonly SpaghettiLine[];
}

/** Shares from 0 to 1; null where there is nobody. */
export interface ForestRow extends Omit<ProportionResult, 'method'> {
  /** Those of n who count. */
  readonly subjects: readonly string[];
  /** All of n. */
  readonly of: readonly string[];
}

export interface ForestData extends FigureHead {
  readonly kind: 'forest';
  /** A share. */
  readonly reference?: number;
  readonly rows: readonly (ForestRow | FigureHeading)[];
}

export type FigureData = ResponseBarsData | SwimmerData | CurvesData | WaterfallData | SpaghettiData | ForestData;
