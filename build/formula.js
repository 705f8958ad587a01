// The Homebrew formula of a release, for a tap:
//   node build/formula.js 1.2.3 <SHA-256 of the tarball> > Formula/extruct-task.rb
import { readFileSync } from 'node:fs';

const [version, sum] = process.argv.slice(2);
const { description, license, homepage } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const repository = homepage.replace(/#.*$/, '');

process.stdout.write(`# Made by build/formula.js for each release.
class ExtructTask < Formula
  desc ${JSON.stringify(description.replace(/\.$/, ''))}
  homepage ${JSON.stringify(repository)}
  url "${repository}/releases/download/v${version}/extruct-task-${version}.tgz"
  sha256 ${JSON.stringify(sum)}
  license ${JSON.stringify(license)}

  depends_on "node"

  def install
    libexec.install Dir["*"]
    (bin/"extruct-task").write_env_script libexec/"bin/extruct-task.js", PATH: "#{Formula["node"].opt_bin}:$PATH"
    man1.install_symlink libexec/"man/extruct-task.1"
    generate_completions_from_executable(bin/"extruct-task", "completion")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/extruct-task --version")
  end
end
`);
