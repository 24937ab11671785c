export const samples: { readonly replay: object; readonly compare: object; readonly export: object; readonly readyFile: object };
export const jsonSections: (root: string) => Promise<string[]>;
