@echo off
rem Z-Image for Fiji on the command line; "zimage --help" tells more. Not tested on Windows yet.
rem Runs from a clone after "mvn -q -DskipTests package", or from a Fiji that has the plugin (see scripts\zimage).
rem A prompt with letters that the system's code page lacks: put it into a UTF-8 file and use --prompt-file.
setlocal
set "HERE=%~dp0"
set "FIJI="
set "WHERE=-Dzimage.fiji="
rem The class path goes through the environment: a command line holds no more than 8191 characters.
set "CLASSPATH="

if defined ZIMAGE_FIJI (
	set "FIJI=%ZIMAGE_FIJI%"
	goto fiji
)
if exist "%HERE%..\pom.xml" goto clone
set "FIJI=%HERE%."
if exist "%FIJI%\jars" if exist "%FIJI%\plugins" goto fiji
set "FIJI=%HERE%.."
if exist "%FIJI%\jars" if exist "%FIJI%\plugins" goto fiji
echo zimage: Neither Fiji nor a clone of the repository is here. Set ZIMAGE_FIJI to the Fiji folder. 1>&2
exit /b 3

:fiji
if not exist "%FIJI%\jars" (
	echo zimage: %FIJI% has no folder jars. Set ZIMAGE_FIJI to the Fiji folder. 1>&2
	exit /b 3
)
set "CLASSPATH=%FIJI%\jars\*;%FIJI%\plugins\*"
set "WHERE=-Dzimage.fiji=%FIJI%\."
goto java

:clone
if not exist "%HERE%..\target\class-path.txt" (
	echo zimage: The program is not built yet. Run "mvn -q -DskipTests package" in the clone. 1>&2
	exit /b 3
)
for /f "usebackq delims=" %%i in ("%HERE%..\target\class-path.txt") do set "CLASSPATH=%HERE%..\target\classes;%%i"

:java
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" --version >nul 2>nul
if errorlevel 1 (
	echo zimage: No Java 17 or newer was found. Install one, or set JAVA_HOME. 1>&2
	exit /b 3
)
"%JAVA%" -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dslf4j.internal.verbosity=ERROR "%WHERE%" %ZIMAGE_JAVA_OPTS% io.github.zimagefiji.cli.ZImage %*
exit /b %ERRORLEVEL%
