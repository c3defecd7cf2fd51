import {
  AT,
  BEFORE,
  BEHIND,
  CLEAR,
  MARGIN,
  SPREAD,
  SPREAD_MASK,
  SPREAD_SHIFT,
  type Tables,
  tablesIn,
  WINDOW,
} from './places.ts';

interface Memory {
  readonly buffer: ArrayBuffer;
}

interface Module {
  readonly [Symbol.toStringTag]: string;
}

interface Compiler {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Instance: new (
    module: Module,
    imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>,
  ) => { readonly exports: Readonly<Record<string, (...numbers: readonly number[]) => number>> };
  validate(bytes: Uint8Array): boolean;
}

/** What is used of it, of which the types of Node have nothing. Node has none of it itself where it may not compile. */
const { WebAssembly: compiler } = globalThis as { readonly WebAssembly?: Compiler };

/** Finds places of blocks, as {@link findPlaces} does, in tables of its own. */
export interface CompiledPlaces {
  readonly tables: Tables;
  find(last: number): number;
}

/** Bytes of WebAssembly, in groups. */
type Code = readonly (number | Code)[];

const PAGE = 64 * 1024;
const NAME = 'm';

/** The function's parameter and its variables by their numbers, those of 16 bytes behind the others. */
const LAST = 0;
const [POSITION, NEXT, READ, END, NUMBER, NEIGHBOURS] = [1, 2, 3, 4, 5, 6] as const;
const [PAIRS, FOLLOWING, EVEN, ODD] = [7, 8, 9, 10] as const;
const SHORT = 0x7f;
const VARIABLES = [2, 6, SHORT, 4, 0x7b];

/** Instructions, each behind what it works on. */
const LOAD = 0x28;
const LOAD_BYTE = 0x2d;
const STORE = 0x36;
const IS_ZERO = 0x45;
const DIFFERS = 0x47;
const IS_LESS = 0x48;
const ADD = 0x6a;
const SUBTRACT = 0x6b;
const MULTIPLY = 0x6c;
const AND = 0x71;
const OR = 0x72;
const SHIFT_LEFT = 0x74;
const SHIFT_RIGHT = 0x76;
const ROTATE_LEFT = 0x77;
const END_OF_CODE = 0x0b;
/** Those on 16 bytes at once. */
const LOAD_LONG = [0xfd, 0x00, 0];
const LONG = [0xfd, 0x0c];
const SHUFFLE = [0xfd, 0x0d];
const LANE = [0xfd, 0x1b];
const AND_LONG = [0xfd, 0x4e];
const OR_LONG = [0xfd, 0x50];
const SHIFT_PAIRS_LEFT = [0xfd, 0x8b, 1];
const SHIFT_PAIRS_RIGHT = [0xfd, 0x8d, 1];
const DOT_PRODUCT = [0xfd, 0xba, 1];

let known: Module | null | undefined;

/** Makes them, or null where they can't be made. The first takes a millisecond. */
export function compilePlaces(): CompiledPlaces | null {
  if (compiler === undefined) return null;
  if (known === undefined) known = compile(compiler, moduleBytes());
  const memory = known === null ? null : reserve(compiler, AT.end);
  if (known === null || memory === null) return null;
  const { exports } = new compiler.Instance(known, { [NAME]: { [NAME]: memory } });
  const find = exports[NAME];
  return find === undefined ? null : { tables: tablesIn(memory.buffer), find };
}

/** Null where the machine can't work on 16 bytes at once. */
function compile({ validate, Module }: Compiler, bytes: Uint8Array): Module | null {
  return validate(bytes) ? new Module(bytes) : null;
}

/** Null where addresses are limited, as by `ulimit -v`: V8 sets aside 10 GiB of them for the least memory. */
function reserve({ Memory }: Compiler, bytes: number): Memory | null {
  try {
    return new Memory({ initial: bytes / PAGE });
  } catch {
    return null;
  }
}

/** A module of one function, which is given a memory. */
function moduleBytes(): Uint8Array {
  const name = [1, NAME.charCodeAt(0)];
  const body = bytesOf([VARIABLES, noteKnown(), keepFitting(), placesBefore(NEXT), END_OF_CODE]);
  const code = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [0x60, 1, SHORT, 1, SHORT]),
    section(2, [name, name, 2, 0, AT.end / PAGE]),
    section(3, [0]),
    section(7, [name, 0, 0]),
    section(10, [unsigned(body.length), body]),
  ];
  return Uint8Array.from(bytesOf(code));
}

/** Notes places whose windows are known, eight at a time, and those behind the last that come along. */
function noteKnown(): Code {
  const shifted = Array.from({ length: 16 }, (_, byte) => byte + 2);
  const steps = [0, 1, 2, 3].map((lane) => [note(EVEN, lane, 4 * lane), note(ODD, lane, 4 * lane + 2)]);
  return [
    [number(MARGIN), set(POSITION), number(AT.places), set(NEXT)],
    [pairsAt(0), set(PAIRS)],
    whileLess(POSITION, LAST, [
      [pairsAt(16), set(FOLLOWING)],
      [get(PAIRS), windows(), set(EVEN)],
      [get(PAIRS), get(FOLLOWING), SHUFFLE, shifted, windows(), set(ODD)],
      steps,
      [get(FOLLOWING), set(PAIRS)],
      [get(POSITION), number(16), ADD, set(POSITION)],
    ]),
  ];
}

/** The low five bits of each two of the 16 characters so far behind the position, in eight numbers. */
function pairsAt(distance: number): Code {
  const codes = [get(POSITION), LOAD_LONG, unsigned(distance), long(16, 31), AND_LONG];
  return [
    [codes, number(5), SHIFT_PAIRS_LEFT],
    [codes, number(8), SHIFT_PAIRS_RIGHT, OR_LONG],
    [long(8, 0x3ff), AND_LONG],
  ];
}

/** The windows that each two of such numbers are. */
function windows(): Code {
  return [long(8, 0x400, 1), DOT_PRODUCT];
}

/** Writes a place down, to be written over by the next one unless its window is known. */
function note(from: number, lane: number, distance: number): Code {
  return [
    [get(NEXT), get(POSITION), number(distance), ADD, STORE, memoryAt(0)],
    [get(NEXT), get(from), LANE, lane, tee(NUMBER)],
    [number(3), SHIFT_RIGHT, number(-4), AND, LOAD, memoryAt(AT.windows)],
    // The bit of the window becomes the four bytes that a place takes.
    [number(2), get(NUMBER), SUBTRACT, ROTATE_LEFT, number(4), AND, ADD, set(NEXT)],
  ];
}

/** Keeps those before the last with neighbours that an anchor may have there, and those whose neighbours are not known. */
function keepFitting(): Code {
  return [
    [get(NEXT), set(END), number(AT.places), tee(READ), set(NEXT)],
    whileLess(READ, END, [
      [get(READ), LOAD, memoryAt(0), set(POSITION)],
      [windowAtPosition(), tee(NUMBER), number(Math.trunc(SPREAD - 2 ** 32)), MULTIPLY],
      [number(SPREAD_SHIFT), SHIFT_RIGHT, number(SPREAD_MASK), AND, set(NEIGHBOURS)],
      [get(NEXT), get(POSITION), STORE, memoryAt(0), get(NEXT)],
      [get(NEIGHBOURS), LOAD, memoryAt(AT.neighbours), get(NUMBER), DIFFERS],
      [fits(BEFORE, -1), fits(BEHIND, WINDOW), AND, hasClearBits(), AND, OR, get(POSITION), get(LAST), IS_LESS, AND],
      [number(2), SHIFT_LEFT, ADD, set(NEXT)],
      [get(READ), number(4), ADD, set(READ)],
    ]),
  ];
}

function windowAtPosition(): Code {
  const bitsOf = (distance: number): Code => [
    [get(POSITION), LOAD_BYTE, memoryAt(distance), number(31), AND],
    [number(5 * (WINDOW - 1 - distance)), SHIFT_LEFT],
  ];
  return [bitsOf(0), bitsOf(1), OR, bitsOf(2), OR, bitsOf(3), OR];
}

/** Whether the character so far behind the position is among those of a neighbour. */
function fits(neighbour: number, distance: number): Code {
  return [
    [get(NEIGHBOURS), LOAD, memoryAt(AT.neighbours + 4 * neighbour)],
    [get(POSITION), number(distance), ADD, LOAD_BYTE, memoryAt(0)],
    [SHIFT_RIGHT, number(1), AND],
  ];
}

/** Whether the characters at the position lack the bits that those of an anchor lack. */
function hasClearBits(): Code {
  return [
    [get(NEIGHBOURS), LOAD, memoryAt(AT.neighbours + 4 * CLEAR)],
    [get(POSITION), LOAD, memoryAt(0), AND, IS_ZERO],
  ];
}

/** How many places stand before the address that a variable has. */
function placesBefore(variable: number): Code {
  return [get(variable), number(AT.places), SUBTRACT, number(2), SHIFT_RIGHT];
}

function whileLess(variable: number, limit: number, body: Code): Code {
  return [[0x03, 0x40], get(variable), get(limit), IS_LESS, [0x04, 0x40], body, [0x0c, 1], END_OF_CODE, END_OF_CODE];
}

function get(variable: number): Code {
  return [0x20, variable];
}

function set(variable: number): Code {
  return [0x21, variable];
}

/** Sets a variable, and leaves its value. */
function tee(variable: number): Code {
  return [0x22, variable];
}

function number(value: number): Code {
  return [0x41, signed(value)];
}

/** So many numbers in 16 bytes: these, over and over. */
function long(count: number, ...values: readonly number[]): Code {
  const each = Array.from({ length: count }, (_, index) => values[index % values.length] ?? 0);
  return [LONG, each.map((value) => (count === 16 ? value : [value & 255, value >> 8]))];
}

/** What is added to an address. */
function memoryAt(offset: number): Code {
  return [0, unsigned(offset)];
}

/** A section of one entry. */
function section(id: number, entry: Code): Code {
  const bytes = bytesOf(entry);
  return [id, unsigned(bytes.length + 1), 1, bytes];
}

/** A number in bytes of seven bits, the lowest first. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, unsigned(value >>> 7)];
}

function signed(value: number): Code {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, signed(value >> 7)];
}

function bytesOf(code: Code): number[] {
  return code.flatMap((part) => (typeof part === 'number' ? part : bytesOf(part)));
}
