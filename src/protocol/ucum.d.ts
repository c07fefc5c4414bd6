/** The package has no types; this is what is used of it. */
declare module '@lhncbc/ucum-lhc' {
  export const UcumLhcUtils: {
    getInstance(): {
      validateUnitString(unit: string): { readonly status: 'valid' | 'invalid' | 'error' };
      convertUnitTo(
        from: string,
        value: number,
        to: string,
        options?: { readonly molecularWeight?: number },
      ): { readonly status: 'succeeded' | 'failed' | 'error'; readonly toVal: number | null };
    };
  };
}
