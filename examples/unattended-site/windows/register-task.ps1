# Registers the scheduled task that runs site-kit-pull.ps1 every 15 minutes. Run it as an administrator.
#
# No test runs this file: there is no Windows where the tests run. Try it on one machine before you roll it out.
#Requires -Version 5.1
#Requires -RunAsAdministrator
[CmdletBinding()]
param([string] $Script = (Join-Path $env:ProgramData 'ngrok\site-kit-pull.ps1'))
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$action = New-ScheduledTaskAction -Execute 'powershell.exe' `
  -Argument "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$Script`""
# Many sites must not ask at the same moment.
$trigger = New-ScheduledTaskTrigger -Once -At (Get-Date).AddMinutes(2) `
  -RepetitionInterval (New-TimeSpan -Minutes 15) -RandomDelay (New-TimeSpan -Minutes 5)
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable `
  -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit (New-TimeSpan -Minutes 5)
$principal = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -LogonType ServiceAccount -RunLevel Highest
Register-ScheduledTask -TaskName 'site-kit-pull' -Description 'Fetches the site kit of this clinic' `
  -Action $action -Trigger $trigger -Settings $settings -Principal $principal -Force | Out-Null
