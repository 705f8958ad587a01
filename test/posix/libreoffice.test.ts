import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import Papa from 'papaparse';
import { describe, expect } from 'vitest';
import { results, startApi } from '../support/api.ts';
import { newFolder } from '../support/folder.ts';
import { onLibreOffice, SOFFICE } from '../support/platform.ts';
import { run } from '../support/run.ts';
import { wireResult } from '../support/tasks.ts';

/** LibreOffice's CSV: comma, quotes, UTF-8, every sheet to a file of its own, cells as they are stored. */
const AS_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1';

describe('a workbook in LibreOffice', () => {
  onLibreOffice('has the texts and numbers that the API gave, and runs none of them', async () => {
    const [api, folder] = [await startApi(), newFolder()];
    const names = [
      '=1+1',
      '+46 1',
      '2020-01-02',
      '0123',
      'TRUE',
      'Malmö "Å"; x',
      '太阳能',
      'Север 👩‍💻',
      'two\nlines',
      '_x0041_',
    ];
    api.replies(results(names.map((company_name, number) => wireResult(number, { company_name, relevance: 97.5 }))));
    const path = join(folder, 'companies.xlsx');
    await run(['results', 'task-1', '-q', '-o', path, '--explain'], { api });
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`;
    await promisify(execFile)(SOFFICE ?? '', [profile, '--headless', '--convert-to', AS_CSV, '--outdir', folder, path]);
    const read = (sheet: string) =>
      Papa.parse<Record<string, string>>(readFileSync(join(folder, `companies-${sheet}.csv`), 'utf8'), {
        header: true,
        skipEmptyLines: true,
      }).data;
    expect(
      read('Companies').map(({ company_name, employee_count, relevance }) => [company_name, employee_count, relevance]),
    ).toEqual(names.map((name) => [name, '11-50', '97.5']));
    expect(read('Reasons')).toHaveLength(names.length);
    expect(read('Task')).not.toHaveLength(0);
  });
});
