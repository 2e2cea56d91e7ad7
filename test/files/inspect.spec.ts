import assert from 'node:assert/strict';
import { createFileInspector } from '../../src/files/index.ts';
import { compoundFile, jpegFile, mailFile, officeFile, pdfFile, pngFile, zipFile } from '../support/files.ts';

type Found = Awaited<ReturnType<ReturnType<typeof createFileInspector>['inspect']>>;

const inspect = (bytes: Uint8Array): Promise<Found> => createFileInspector().inspect(bytes);
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 30);

describe('what a file is', () => {
  const good: readonly [string, () => Buffer | Promise<Buffer>, string][] = [
    ['a PDF', () => pdfFile(), 'pdf'],
    ['a PDF to which a mail system has appended', () => Buffer.concat([pdfFile(), Buffer.alloc(500, 10)]), 'pdf'],
    ['a PNG', () => pngFile, 'png'],
    ['a JPEG', () => jpegFile, 'jpeg'],
    ['a document of Word', () => officeFile('docx'), 'docx'],
    ['a workbook of Excel', () => officeFile('xlsx'), 'xlsx'],
    ['a message of Outlook', () => compoundFile('__nameid_version1.0', '__properties_version1.0'), 'msg'],
    ['a saved mail, in whatever alphabet', () => mailFile, 'eml'],
    ['a text', () => Buffer.from('Zażółć; gęślą\r\n1;2\r\n'), 'text'],
    ['a text with a byte order mark', () => Buffer.from('\ufeffa,b\n'), 'text'],
  ];
  for (const [what, content, type] of good)
    it(`is told by its content: ${what}`, async () => {
      assert.deepEqual(await inspect(await content()), { type });
    });

  const bad: readonly [string, () => Buffer | Promise<Buffer>, string][] = [
    ['nothing', () => Buffer.alloc(0), 'empty'],
    ['half a PDF', () => cut(pdfFile()), 'damaged'],
    ['half a PNG', () => cut(pngFile), 'damaged'],
    ['half a JPEG', () => cut(jpegFile), 'damaged'],
    ['half a document of Word', async () => cut(await officeFile('docx')), 'damaged'],
    ['a PDF with a password', () => pdfFile('', '/Encrypt 7 0 R '), 'protected'],
    ['a document of Office with a password', () => compoundFile('EncryptionInfo', 'EncryptedPackage'), 'protected'],
    ['a program', () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'type'],
    ['an archive', () => zipFile({ 'setup.exe': 'MZ' }), 'type'],
    ['a document with macros', () => officeFile('docm'), 'type'],
    ['the old form of Word', () => compoundFile('WordDocument'), 'type'],
    ['a text in another encoding', () => Buffer.from('Zażółć', 'utf16le'), 'type'],
    ['a text that is no UTF-8', () => Buffer.from('Gr\xfc\xdfe', 'latin1'), 'type'],
    ['bytes', () => Buffer.from([1, 2, 3, 4]), 'type'],
  ];
  for (const [what, content, fault] of bad)
    it(`is refused as ${fault}: ${what}`, async () => {
      assert.deepEqual(await inspect(await content()), { fault });
    });
});
