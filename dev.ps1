# The Windows twin of ./dev: needs git and Python 3.11 or newer, nothing else.
param([Parameter(Position = 0)][string]$Job = "help", [Parameter(ValueFromRemainingArguments)][string[]]$Rest)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot

function Invoke-Checked { & $args[0] @($args[1..($args.Count - 1)]); if ($LASTEXITCODE) { exit $LASTEXITCODE } }

function Install-Everything {
    if (-not (Test-Path .uv\Scripts\uv.exe)) {
        Invoke-Checked py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))"
        Invoke-Checked py -3 -m venv .uv
        Invoke-Checked .uv\Scripts\python.exe -m pip install --quiet "uv>=0.13,<0.14"
    }
    $env:UV_PYTHON_DOWNLOADS = "never"
    Invoke-Checked .uv\Scripts\uv.exe sync --quiet --locked --all-extras
}

switch ($Job) {
    "demo" { Install-Everything; Invoke-Checked .venv\Scripts\qaf-desktop.exe demo @Rest }
    "run" { Install-Everything; Invoke-Checked .venv\Scripts\qaf-desktop.exe @Rest }
    "test" {
        Install-Everything
        Invoke-Checked .venv\Scripts\ruff.exe format --check .
        Invoke-Checked .venv\Scripts\ruff.exe check .
        Invoke-Checked .venv\Scripts\mypy.exe
        Invoke-Checked .venv\Scripts\lint-imports.exe
        $env:QT_QPA_PLATFORM = "offscreen"
        Invoke-Checked .venv\Scripts\python.exe -m pytest -n 2 @Rest
    }
    default { "usage: .\dev.ps1 demo | test | run" }
}
