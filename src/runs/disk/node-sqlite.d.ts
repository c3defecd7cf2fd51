/** What is used of Node's own SQLite, which the types for Node 20 do not know. */
declare module 'node:sqlite' {
  export class DatabaseSync {
    constructor(path: string);
    exec(sql: string): void;
    prepare(sql: string): {
      all(...values: readonly unknown[]): unknown[];
      run(...values: readonly unknown[]): unknown;
    };
    close(): void;
  }
}
