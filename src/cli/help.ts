import type { Command, OptionSpecs } from './command.js';
import { COMMANDS } from './commands.js';
import type { Colors } from './io.js';

/** The help of `trawl` itself. */
export function generalHelp(colors: Colors): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return `${colors.bold('trawl')}: hunt malicious network traffic with KQL on your own machine

${colors.bold('Usage')}
  trawl <command> [options]

${colors.bold('Commands')}
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

${colors.bold('Options')}
  -h, --help  this help; after a command, the command's
  --version   the version

${colors.bold('Examples')}
  trawl hunt --data ./logs                   hunt in log files, nothing is kept
  trawl ingest ./logs --workspace ./case-7   read logs into a workspace once
  trawl hunt --workspace ./case-7            then hunt in it as often as you like
  trawl query 'CommonSecurityLog | summarize count() by DeviceVendor' --workspace ./case-7

${colors.bold('Exit codes')}
  0 done   1 error   2 wrong command line   3 \`trawl check\` found what is refused   130 interrupted
`;
}

/** The help of one command. */
export function commandHelp(command: Command, colors: Colors): string {
  const all: OptionSpecs = { ...command.options, help: { type: 'boolean', short: 'h', help: 'this help' } };
  const options = Object.entries(all).map(([name, { short, value, help }]) => ({
    flag: `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`,
    help,
  }));
  const width = Math.max(...options.map(({ flag }) => flag.length));
  const examples = command.examples.map(([typed, meaning]) => `  ${typed}\n      ${colors.dim(meaning)}`);
  return `${command.description}

${colors.bold('Usage')}
${command.usage.map((line) => `  trawl ${line}`).join('\n')}

${colors.bold('Options')}
${options.map(({ flag, help }) => `  ${flag.padEnd(width)}  ${help.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`).join('\n')}

${colors.bold('Examples')}
${examples.join('\n')}
`;
}
