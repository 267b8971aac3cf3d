# Fetches the site kit of this clinic. If it differs from the installed file and the agent accepts it, the script puts it
# in the place of the old one and restarts the agent. It needs kubectl.exe and ngrok.exe, and runs as SYSTEM.
#
# No test runs this file: there is no Windows where the tests run. Try it on one machine before you roll it out.
#Requires -Version 5.1
[CmdletBinding()]
param(
  [string] $Folder = (Join-Path $env:ProgramData 'ngrok'),
  [string] $Kubectl = 'kubectl.exe',
  [string] $Ngrok = 'ngrok.exe',
  [int] $WarnDays = 14,
  # Only fetches: for the first installation.
  [switch] $NoRestart
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$config = Join-Path $Folder 'ngrok.yml'
$kubeconfig = Join-Path $Folder 'site-access.kubeconfig'
# This file exists from before the swap until the agent has been restarted.
$due = "$config.restart-due"
$new = Join-Path $Folder 'ngrok.new.yml'
$cache = Join-Path $Folder '.site-kit-cache'

function Say([string] $Text) { Write-Output "site-kit-pull: $Text" }

# Runs a program. What it prints on standard error is no exception of PowerShell's.
function Invoke-Program([string] $Program, [string[]] $Arguments) {
  $ErrorActionPreference = 'Continue'
  $output = & $Program @Arguments 2>$null
  return @{ Code = $LASTEXITCODE; Text = ($output -join '') }
}

function Get-Comment([string] $Name) {
  $line = Select-String -LiteralPath $kubeconfig -Pattern "^# ${Name}: (.+)$" | Select-Object -First 1
  if ($null -eq $line) { return $null }
  return $line.Matches[0].Groups[1].Value.Trim()
}

# One run at a time. The lock ends with the process.
try {
  $lock = [IO.File]::Open("$config.lock", 'OpenOrCreate', 'ReadWrite', 'None')
} catch [IO.IOException] {
  Say 'another run has not ended yet'
  exit 1
}
try {
  $secret = Get-Comment 'secret'
  if (-not $secret) { throw "$kubeconfig does not name the Secret: install the file of 'clinic-operator site-access'" }
  $expires = Get-Comment 'expires'
  if ($expires -and ([DateTimeOffset]::Parse($expires, [Globalization.CultureInfo]::InvariantCulture) -
      [DateTimeOffset]::UtcNow).TotalDays -lt $WarnDays) {
    Say "WARNING: the access to the site kit expires at ${expires}: install a new $kubeconfig"
  }

  # The value comes as base64, because a redirection in PowerShell would change the encoding of the file.
  $fetched = Invoke-Program $Kubectl @('--kubeconfig', $kubeconfig, '--cache-dir', $cache, '--request-timeout', '30s',
    'get', 'secret', $secret, '-o', 'jsonpath={.data.ngrok\.yml}')
  if ($fetched.Code -ne 0) { throw 'the site kit cannot be fetched; the installed file stays' }
  if (-not $fetched.Text) { throw "Secret $secret holds no ngrok.yml yet; the installed file stays" }
  $bytes = [Convert]::FromBase64String($fetched.Text)

  $same = (Test-Path -LiteralPath $config) -and
    ([Convert]::ToBase64String([IO.File]::ReadAllBytes($config)) -eq [Convert]::ToBase64String($bytes))
  if ($same) {
    if (-not (Test-Path -LiteralPath $due)) { exit 0 }
    Say 'the file is current, but the agent was not restarted with it'
  } else {
    # The folder admits only SYSTEM and the administrators, and the new file inherits that.
    $stream = [IO.File]::Create($new)
    try { $stream.Write($bytes, 0, $bytes.Length); $stream.Flush($true) } finally { $stream.Dispose() }
    # What the agent prints could quote the file, and the file holds the token.
    if ((Invoke-Program $Ngrok @('config', 'check', '--config', $new)).Code -ne 0) {
      throw 'the agent refuses the new file; the installed file stays. Update the agent, or ask the platform team'
    }
    if (-not $NoRestart) { [IO.File]::WriteAllText($due, '') }
    if (Test-Path -LiteralPath $config) { [IO.File]::Replace($new, $config, [NullString]::Value) }
    else { [IO.File]::Move($new, $config) }
    Say "a new $config is installed"
  }

  if ($NoRestart) { exit 0 }
  if ((Invoke-Program $Ngrok @('service', 'restart')).Code -ne 0) {
    throw 'the agent could not be restarted; the next run tries again'
  }
  Remove-Item -LiteralPath $due -Force -ErrorAction SilentlyContinue
  Say 'the agent was restarted'
} catch {
  Say $_.Exception.Message
  exit 1
} finally {
  Remove-Item -LiteralPath $new -Force -ErrorAction SilentlyContinue
  Remove-Item -LiteralPath $cache -Recurse -Force -ErrorAction SilentlyContinue
  $lock.Dispose()
}
