/** The library brings no types: only what is used here. */
declare module '@pushcorn/hocon-parser' {
  const parser: { parse(options: { text: string; strict?: boolean }): Promise<unknown> };
  export default parser;
}
