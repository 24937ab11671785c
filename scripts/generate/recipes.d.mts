export const recipes: readonly { readonly about: string; readonly command: string; readonly prints: string }[];
