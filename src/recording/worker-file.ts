/** Where a worker's compiled file is: beside its starter in dist. Run from source (tests), it is in dist too, since Node 20 reads no TypeScript. */
export const workerFile = (name: string, here: string = import.meta.url): URL =>
  new URL(here.endsWith('.ts') ? `../../dist/recording/${name}` : `./${name}`, here);
