import type { Command } from 'commander';
import { findDataFolder } from '../config/product-folder.ts';
import { print, printJson } from './output.ts';

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
}
