import type { Io } from './io.js';
import { cut } from './output/visible.js';

/** A line on the terminal that says how far something is; nothing is shown for what is done within a second, nor off a terminal. */
export interface Progress {
  /** `fraction` from 0 to 1, or undefined when nobody can tell. */
  update(label: string, fraction?: number): void;
  /** Takes the line away. */
  done(): void;
}

const PATIENCE = 1000;
const INTERVAL = 100;
const BAR = 24;

export function startProgress(io: Io, label: string): Progress {
  if (!io.errorIsTerminal) return { update() {}, done() {} };
  const started = performance.now();
  const state: { label: string; fraction: number | undefined } = { label, fraction: undefined };
  let drawn = 0;
  const draw = (): void => {
    const now = performance.now();
    const seconds = (now - started) / 1000;
    if (now - started < PATIENCE || now - drawn < INTERVAL / 2) return;
    drawn = now;
    const bar =
      state.fraction === undefined
        ? ''
        : `${barOf(state.fraction, io)} ${String(Math.floor(state.fraction * 100)).padStart(3)} %  `;
    const text = cut(
      `${state.label}  ${Math.floor(seconds)} s`,
      Math.max(10, io.errorWidth - (bar === '' ? 2 : BAR + 10)),
    );
    process.stderr.write(`\r\u001b[2K${bar}${text}`);
  };
  const timer = setInterval(draw, INTERVAL);
  timer.unref();
  return {
    update(next, fraction) {
      state.label = next;
      state.fraction = fraction === undefined ? undefined : Math.min(1, Math.max(0, fraction));
      draw();
    },
    done() {
      clearInterval(timer);
      if (drawn > 0) process.stderr.write('\r\u001b[2K');
    },
  };
}

function barOf(fraction: number, { errorColors }: Io): string {
  const full = Math.round(fraction * BAR);
  return errorColors.cyan('█'.repeat(full)) + errorColors.dim('░'.repeat(BAR - full));
}
