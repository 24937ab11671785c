import { products } from '../../src/diagnosis/remedies/remedies.js';

/** The configuration that users are shown for a product and a topic. */
export const remedyOf = (product: string, topic: string): string => {
  const found = products.find(({ name }) => name === product)?.remedies[topic as never] as { readonly config?: string } | undefined;
  if (found?.config === undefined) throw new Error(`${product} has no configuration for ${topic}`);
  return found.config;
};
