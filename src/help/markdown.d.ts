/** Texts are bundled as they are; a query is how Vite is asked for the same. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}
