import { keepWebAssemblyCallsApart } from '../engine-setting.ts';
import { runCommand } from './program.ts';

keepWebAssemblyCallsApart();
process.exitCode = await runCommand(process.argv.slice(2));
