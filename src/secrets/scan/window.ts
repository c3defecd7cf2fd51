/** Characters of a window. */
export const WINDOW = 4;

/** The window at a place of a text's low bytes: the low five bits of four, which are read at once. */
export function windowAt(view: DataView, at: number): number {
  const four = view.getUint32(at);
  const pairs = (four & 0x1f_001f) | ((four >>> 3) & 0x3e0_03e0);
  return ((pairs >>> 6) & 0xf_fc00) | (pairs & 0x3ff);
}
