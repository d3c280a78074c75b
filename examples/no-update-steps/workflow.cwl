cwlVersion: v1.2
class: Workflow
label: Without Update Job steps
doc: Counts the words of a text and repeats the number; its status comes from the worker alone.
requirements:
  InlineJavascriptRequirement: {}
inputs:
  text: string
outputs:
  count: {type: int, outputSource: count_words/count}
  report: {type: File, outputSource: write_report/report}
steps:
  count_words:
    in: {text: text}
    out: [count]
    run:
      class: ExpressionTool
      inputs: {text: string}
      outputs: {count: int}
      expression: |
        ${ return {count: inputs.text.split(" ").filter(function (word) { return word != ""; }).length}; }
  write_report:
    in: {count: count_words/count}
    out: [report]
    run:
      class: CommandLineTool
      baseCommand: [echo, words]
      inputs:
        count: {type: int, inputBinding: {position: 1}}
      stdout: report.txt
      outputs:
        report: {type: stdout}
