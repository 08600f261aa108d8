/**
 * Colours, once: the same tokens feed the style sheet (as custom properties) and the charts.
 * Data colours are Okabe and Ito's (2008), told apart with every common colour blindness; in dark
 * mode the two darkest are lifted so that each keeps 3:1 against the surface. Text keeps 4.5:1.
 */

export interface Tokens {
  readonly background: string;
  readonly surface: string;
  readonly raised: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly faint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly warning: string;
  readonly danger: string;
  /** A party's place in the list is its colour, everywhere. */
  readonly parties: readonly string[];
  /** From none to most, light to dark on light, dark to light on dark. */
  readonly heat: readonly string[];
  /** From fewer by way of the same to more: blue and orange, which every colour blindness tells apart. */
  readonly change: readonly string[];
}

export const LIGHT: Tokens = {
  background: "#f5f6f8",
  surface: "#ffffff",
  raised: "#eef1f4",
  text: "#1a1f26",
  muted: "#57606c",
  line: "#d9dee4",
  faint: "#e8ebef",
  accent: "#0b5394",
  accentSoft: "#e4eef8",
  good: "#00694d",
  warning: "#8a5a00",
  danger: "#b3261e",
  parties: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#6b6b6b"],
  heat: ["#f3f6fa", "#c6dbef", "#6baed6", "#2171b5", "#08306b"],
  change: ["#2166ac", "#92c5de", "#f3f6fa", "#fdb863", "#b35806"],
};

export const DARK: Tokens = {
  background: "#101318",
  surface: "#181c23",
  raised: "#222832",
  text: "#e8ebef",
  muted: "#a3adb9",
  line: "#333b47",
  faint: "#262c36",
  accent: "#7ab8f0",
  accentSoft: "#1c3147",
  good: "#4cc9a0",
  warning: "#f0b648",
  danger: "#ff8a80",
  parties: ["#3d9be0", "#ee7a2c", "#16b98b", "#d98fb8", "#7cc8f2", "#f0b030", "#9a9a9a"],
  heat: ["#1d232c", "#123a63", "#1f6cb0", "#6fb0e6", "#dcecfb"],
  change: ["#7ab8f0", "#2c5d8a", "#222832", "#8a5a1c", "#f0b648"],
};

/**
 * On paper, also a grey one: the hues of the screen, but each party lighter or darker than the one
 * before it (lightness 35, 55, 72, 82 for the first four), and words and lines a little stronger.
 */
export const PAPER: Tokens = {
  ...LIGHT,
  background: "#ffffff",
  raised: "#f3f5f7",
  text: "#000000",
  muted: "#3d4650",
  line: "#aab2bb",
  faint: "#d4d9df",
  parties: ["#00568a", "#d55e00", "#43c39d", "#e6bcd5", "#6fc0ee", "#f0c550", "#4d4d4d"],
};

/** The custom properties of a set of tokens: `accentSoft` becomes `--accent-soft`. */
export function customProperties(tokens: Tokens): [name: string, value: string][] {
  const named: [string, string][] = [];
  for (const [key, value] of Object.entries(tokens) as [string, string | readonly string[]][]) {
    if (typeof value === "string") {
      named.push([`--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value]);
    } else if (key === "parties") {
      for (const [index, colour] of value.entries()) named.push([`--party-${index}`, colour]);
    }
  }
  return named;
}
