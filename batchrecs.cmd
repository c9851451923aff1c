@echo off
rem Builds BatchRecs when a source is newer than the last build, then runs it with the given arguments.
setlocal enableextensions
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "DLL=%ROOT%\artifacts\bin\BatchRecs.Host\release\batchrecs.dll"
set "STAMP=%ROOT%\artifacts\batchrecs.built"

where dotnet >nul 2>nul
if errorlevel 1 (
  echo batchrecs: 'dotnet' was not found. Install the .NET SDK 10 ^(https://dotnet.microsoft.com/download/dotnet/10.0^) and make sure that it is on PATH. 1>&2
  exit /b 2
)

set "STALE=1"
if exist "%DLL%" if exist "%STAMP%" (
  powershell -NoProfile -Command "$t=(Get-Item '%STAMP%').LastWriteTimeUtc; $p=@('%ROOT%\src','%ROOT%\sql','%ROOT%\Directory.Build.props','%ROOT%\Directory.Packages.props','%ROOT%\global.json') | Where-Object { Test-Path $_ }; $n=@($p | ForEach-Object { Get-Item $_; Get-ChildItem $_ -Recurse }) | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if ($n) { exit 1 }"
  if not errorlevel 1 set "STALE="
)

if defined STALE (
  if exist "%DLL%" (echo batchrecs: building ^(the sources changed^) ... 1>&2) else (echo batchrecs: building ^(first time only^) ... 1>&2)
  if not exist "%ROOT%\artifacts" mkdir "%ROOT%\artifacts"
  rem The new stamp is written before the build begins, so an edit during the build is not missed.
  type nul > "%STAMP%.new"
  dotnet build "%ROOT%\src\BatchRecs.Host\BatchRecs.Host.csproj" -c Release --nologo -v quiet -clp:NoSummary > "%ROOT%\artifacts\batchrecs.log" 2>&1
  if errorlevel 1 (
    type "%ROOT%\artifacts\batchrecs.log" 1>&2
    echo batchrecs: the build failed. 1>&2
    exit /b 70
  )
  move /y "%STAMP%.new" "%STAMP%" >nul
)

set "BATCHRECS_HOME=%ROOT%"
dotnet "%DLL%" %*
exit /b %ERRORLEVEL%
