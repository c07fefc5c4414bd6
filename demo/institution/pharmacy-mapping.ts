/** How the pharmacy's columns map to drug exposures; written beside its file. */
export const PHARMACY_MAPPING = '';
