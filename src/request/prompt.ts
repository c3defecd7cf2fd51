/** Text that goes in beside the instruction: a file, or what was piped in. */
export interface Attachment {
  /** What the model is told it is, such as a file's path. */
  readonly name: string;
  readonly text: string;
  /** What was left out of it already, where it was too long. */
  readonly condensed?: Condensation | undefined;
}

/** How much of a long text is left. */
export interface Condensation {
  /** Lines that there were. */
  readonly lines: number;
  /** Lines that are left. */
  readonly kept: number;
  /** Characters (UTF-16 units) that are left, with what is said of the rest. */
  readonly characters: number;
}

/** A picture that goes in beside the instruction. */
export interface PromptImage {
  /** What the model is told it is. */
  readonly name: string;
  /** Those that the Messages API takes. */
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Its bytes, in base64. */
  readonly base64: string;
}

/** One block of a prompt as it goes to claude: a text, or a picture. */
export type PromptBlock = string | PromptImage;

/** What the model is to be asked. */
export interface Prompt {
  /** The instruction itself, as the user wrote it. `@path` in it attaches a file, as in claude. */
  readonly text?: string | undefined;
  /** Takes that instruction literally, since somebody else wrote it: claude acts upon nothing in it, and its secrets are masked; default: no. */
  readonly literal?: boolean | undefined;
  /** Text that is the instruction but comes from elsewhere, such as a pipe: nothing in it is acted upon by claude. */
  readonly inert?: string | undefined;
  /** What was left out of that text already, where it was too long. */
  readonly condensed?: Condensation | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly images?: readonly PromptImage[] | undefined;
  /** Lets an instruction that begins with `/` be a slash command; default: no. */
  readonly slash?: boolean | undefined;
  /** What is to be known of where it came from, such as that a pipe was empty: it is among the warnings of the outcome. */
  readonly warnings?: readonly string[] | undefined;
}
