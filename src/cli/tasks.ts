import type { Command } from 'commander';
import { findDataFolder } from '../config/product-folder.ts';
import { CommandFailure, print, printJson, UsageFailure } from './output.ts';

export function addTasksCommand(program: Command): void {
  const tasks = program.command('tasks').description('the tasks of this gateway');
  tasks
    .command('list')
    .description('every task with the roles and purposes that may ask for it')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { loadTasks } = await import('../retrieval/task-catalogue.ts');
      const list = loadTasks(findDataFolder('tasks')).list();
      if (options.json === true)
        return printJson({ tasks: list.map(({ name, title, roles }) => ({ task: name, title, roles })) });
      for (const { name, title, roles } of list) {
        print(`${name}  ${title}`);
        for (const [role, purposes] of Object.entries(roles)) print(`  ${role}: ${purposes.join(', ')}`);
      }
      return undefined;
    });
  tasks
    .command('check')
    .description('read a folder of task files and name every fault')
    .option('--folder <path>', 'folder of task files; the shipped one by default')
    .option('--json', 'print JSON')
    .action(async (options: { folder?: string; json?: boolean }) => {
      const { checkTasks, inWords } = await import('../retrieval/task-catalogue.ts');
      const faults = checkTasks(options.folder ?? findDataFolder('tasks'));
      if (faults.length > 0)
        throw new CommandFailure(faults.map(inWords).join('\n'), {
          ok: false,
          faults,
        });
      if (options.json === true) printJson({ ok: true, faults });
      else print('Every task may be loaded.');
    });
  tasks
    .command('server <base>')
    .description('what the FHIR server at this base offers of what the tasks ask for; no token is sent')
    .option('--json', 'print JSON')
    .action(async (base: string, options: { json?: boolean }) => {
      const { loadTasks } = await import('../retrieval/task-catalogue.ts');
      const { noReport, readCapabilityReport, reportLines } = await import(
        '../retrieval/capability-report.ts'
      );
      if (!/^https?:$/.test(URL.canParse(base) ? new URL(base).protocol : ''))
        throw new UsageFailure('The base of a FHIR server is an http or https URL');
      const report = await readCapabilityReport(loadTasks(findDataFolder('tasks')), {
        base,
        timeoutMs: 10_000,
      }).catch((thrown: unknown) => {
        throw new CommandFailure(noReport('at this base', thrown), { ok: false });
      });
      if (options.json === true) printJson(report);
      else for (const line of reportLines('at this base', report)) print(line);
    });
  tasks
    .command('dry-run <task>')
    .description('the searches that a task would send and the scopes it needs; nothing is sent')
    .option('--now <time>', 'ISO instant that look-backs count from; now by default')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { now?: string; json?: boolean }) => {
      const { loadTasks } = await import('../retrieval/task-catalogue.ts');
      const { dryRun, scopesOf } = await import('../retrieval/smart-scopes.ts');
      const task = loadTasks(findDataFolder('tasks')).get(name);
      if (task === undefined) throw new UsageFailure(`There is no task ${name}. See: phi-gateway tasks list`);
      const now = options.now === undefined ? Date.now() : Date.parse(options.now);
      if (Number.isNaN(now)) throw new UsageFailure('--now takes an ISO 8601 instant');
      const searches = dryRun(task, { now });
      const scopes = scopesOf(task);
      if (options.json === true) return printJson({ task: task.name, searches, scopes });
      for (const { step, type, params, cap } of searches) {
        print(`${step}: POST ${type}/_search, at most ${cap} kept`);
        for (const [parameter, value] of Object.entries(params)) print(`  ${parameter}=${value}`);
      }
      print(`scopes: ${scopes.join(' ')}`);
      return undefined;
    });
}
